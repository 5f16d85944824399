/**
 * A run as log lines: `pretty` for people who read a log later, `json` for programs, one object a line. In: an event.
 * Out: a line, or undefined where the event is below the wanted level.
 */
import type { CrawlEvent } from '../events.js';
import { counted, duration } from './figures.js';
import { escapeJson, escapeText } from './terminal.js';

export type Level = 'debug' | 'info' | 'warn';

/** `debug` is for --verbose. */
export function levelOf(event: CrawlEvent): Level {
  switch (event.type) {
    case 'warning':
      return 'warn';
    case 'outcome':
      // A host that was given up is worth one line, not one for each lead that waited there.
      return event.outcome.name === 'failed' && !event.unvisited ? 'warn' : 'debug';
    case 'wait':
      // For hours, in which nothing else is told.
      return event.why === 'only-between' ? 'info' : 'debug';
    case 'run-started':
    case 'reextract-started':
    case 'article':
    case 'run-finished':
      return 'info';
    default:
      return 'debug';
  }
}

/** ASCII-safe on a terminal, and the same values to a program. */
export function eventLine(event: CrawlEvent, nowMs: number): string {
  const { type, ...rest } = event;
  return escapeJson(
    JSON.stringify({ time: new Date(nowMs).toISOString(), level: levelOf(event), event: type, ...rest }),
  );
}

export function prettyLine(event: CrawlEvent, nowMs: number): string {
  return `${clock(nowMs)} ${escapeText(inWords(event))}`;
}

/** Local time, as the reader's own clock has it. */
export function clock(nowMs: number): string {
  return new Date(nowMs).toTimeString().slice(0, 8);
}

function inWords(event: CrawlEvent): string {
  switch (event.type) {
    case 'run-started':
      return `run ${event.run} from ${counted(event.seeds.length, 'seed')}${event.archive === undefined ? '' : ` into ${event.archive}`}`;
    case 'reextract-started':
      return `reading ${counted(event.records, 'record')} of ${event.archive} again${event.run === undefined ? '' : `, run ${event.run}`}`;
    case 'reread':
      return `read again ${event.url} (${event.bytes} bytes)`;
    case 'request':
      return `GET ${event.url}`;
    case 'response':
      return `${event.status} ${event.url} (${event.bytes} bytes, ${Math.round(event.elapsedMs)} ms)`;
    case 'lead-found':
      return `${counted(event.found, 'lead')}, ${event.fresh} new, on ${event.foundOn}`;
    case 'outcome': {
      const { name, reason, detail } = event.outcome;
      return `${name} (${reason}${detail === undefined ? '' : `: ${detail}`}) ${event.url}`;
    }
    case 'waiting':
      return `${counted(event.leads, 'lead')} without an outcome`;
    case 'held':
      return `${counted(event.articles, 'article')} read, held until enough of their site is known`;
    case 'article':
      return `article ${event.article.url} ${event.article.headline ?? ''}`;
    case 'wait':
      return `waiting for ${event.host ?? 'all hosts'} until ${clock(event.untilMs)} (${event.why})`;
    case 'activity':
      return event.activity;
    case 'warning':
      return `warning (${event.code}): ${event.message}${event.url === undefined ? '' : ` ${event.url}`}`;
    case 'run-finished':
      return `run ${event.summary.run} finished after ${duration(event.summary.durationMs)}`;
  }
}
