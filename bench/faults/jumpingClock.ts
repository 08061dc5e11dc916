import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 100;

/**
 * Preloaded into a process of which the clock is to jump (`NODE_OPTIONS=--require`): Date.now, by which every process of ours goes, is off by the milliseconds that
 * the file FAULTS_CLOCK_FILE says at the moment. Timers go on as ever, as they do when somebody sets a clock.
 */
function followFile(file: string): void {
  const trueNow = Date.now;
  let offsetMs = 0;
  const look = (): void => {
    try {
      offsetMs = Number(readFileSync(file, 'utf8'));
    } catch {
      // It is just being written, or gone at the end of the run: the clock stays as it was.
    }
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  Date.now = () => trueNow() + offsetMs;
}

const file = process.env['FAULTS_CLOCK_FILE'];
if (file) followFile(file);
