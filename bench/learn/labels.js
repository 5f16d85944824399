/** Bodies marked by hand (label.mjs). In: a page's runs. Out: what the marks say of each. */
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export const LABELS = new URL('labels.jsonl', import.meta.url).pathname;
/** What a run may be marked as. Standfirsts and notes behind the body are in some truths and not in others. */
export const MARKS = ['body', 'standfirst', 'notes', 'doubt'];
const LENGTH = 8;

/** Of each run's text; with a number where an earlier run says the same. */
export function digestsOf(runs) {
  const seen = new Map();
  return runs.map(({ text }) => {
    const digest = hash('sha256', text, 'base64url').slice(0, LENGTH);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return count === 1 ? digest : `${digest}~${count}`;
  });
}

/** By the page's id, the mark of each digest. */
export function readLabels() {
  const labels = new Map();
  if (!existsSync(LABELS)) return labels;
  for (const line of readFileSync(LABELS, 'utf8').split('\n')) {
    if (line === '') continue;
    const { id, ...marks } = JSON.parse(line);
    const marked = new Map();
    for (const mark of MARKS) for (const digest of (marks[mark] ?? '').split(' ')) if (digest) marked.set(digest, mark);
    labels.set(id, marked);
  }
  return labels;
}
