/** What the doctor found: as it should be, worth a look, or a reason why something does not work. */
export interface Finding {
  /** Such as `database`. */
  readonly topic: string;
  readonly status: 'ok' | 'WARN' | 'FAIL';
  /** A sentence without secrets and without anything of customers. */
  readonly text: string;
}

/** Findings of one topic. */
export function findingsOf(topic: string) {
  const of =
    (status: Finding['status']) =>
    (text: string): Finding => ({ topic, status, text });
  return { ok: of('ok'), warn: of('WARN'), fail: of('FAIL') };
}

/** Whether something has failed decides about the exit code; warnings don't. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ status }) => status === 'FAIL') ? 1 : 0;
}

/** A line a finding, below its topic. */
export function reportOf(findings: readonly Finding[]): string {
  const lines: string[] = [];
  let topic = '';
  for (const finding of findings) {
    if (finding.topic !== topic) lines.push('', finding.topic);
    topic = finding.topic;
    lines.push(`  ${finding.status.padEnd(4)}  ${finding.text}`);
  }
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  return `${lines.join('\n').trimStart()}\n\n${count('FAIL')} failed, ${count('WARN')} worth a look, ${count('ok')} as they should be.\n`;
}
