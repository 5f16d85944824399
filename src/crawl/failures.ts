/** What an answer's status comes to, and which failures another try may mend. Pure. */
import type { Exchange } from '../exchange.js';
import type { Outcome } from '../outcome.js';

/** Not `too-slow`: what was not whole after minutes is left to the next run. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'dns',
  'connect',
  'timeout',
  'reset',
  'truncated',
  'http-5xx',
  'rate-limited',
]);

/** Whether the failure may pass within the run. */
export function mayPass({ name, reason }: Outcome): boolean {
  return name === 'failed' && MAY_PASS.has(reason);
}

/** `wasVisited`: asked with validators, so that 304 is an answer. */
export function failureOfStatus({ status }: Exchange, wasVisited: boolean): Outcome | undefined {
  if ((status >= 200 && status < 300) || (status === 304 && wasVisited)) return undefined;
  const detail = `HTTP ${status}`;
  if (status === 404) return { name: 'gone', reason: 'http-404' };
  if (status === 410) return { name: 'gone', reason: 'http-410' };
  if (status === 429 || status === 503) return { name: 'failed', reason: 'rate-limited', detail };
  if (status >= 500) return { name: 'failed', reason: 'http-5xx', detail };
  if (status >= 400) return { name: 'failed', reason: 'http-4xx', detail };
  return { name: 'failed', reason: 'bad-redirect', detail };
}
