import { appendFileSync, readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 100;

/**
 * Preloaded (`NODE_OPTIONS=--require`) into every process of a run, which knows nothing of it. Date.now, by which all of ours go, is off by the milliseconds that
 * the file FAULTS_CLOCK says at the moment; timers go on as ever, as they do when somebody sets a clock. What nobody caught is written to the file FAULTS_BUGS.
 */
function followClock(file: string): void {
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

function writeDownBugs(file: string): void {
  process.on('uncaughtExceptionMonitor', (error, origin) => appendFileSync(file, `${JSON.stringify([origin, error.stack])}\n`));
}

const { FAULTS_CLOCK: clock, FAULTS_BUGS: bugs } = process.env;
if (clock) followClock(clock);
if (bugs) writeDownBugs(bugs);
