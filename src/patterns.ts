/**
 * Patterns over URLs, as `include` and `exclude` have them: globs (`*` within a segment, `**` across segments, `?` one
 * character; without a slash, a name of hosts or, with `*` before it, any part of the URL), or regular expressions
 * between slashes. In: the texts. Out: one test. Throws PatternError for what is no pattern. Never: takes more than linear time on a URL, as far as a regular expression can be checked for that.
 */

/** A pattern that cannot be used; the message names it and says what to change. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** Longer URLs are cut before a regular expression sees them, in characters: what is left of its cost is bounded. */
const MAX_TESTED_CHARACTERS = 4096;
const MAX_PATTERN_CHARACTERS = 1000;

/** Whether some pattern fits the URL. */
export type UrlTest = (url: string) => boolean;

export function compilePatterns(patterns: readonly string[]): UrlTest {
  const tests = patterns.map(compilePattern);
  return (url) => tests.some((test) => test(url));
}

export function compilePattern(pattern: string): UrlTest {
  if (pattern.length > MAX_PATTERN_CHARACTERS)
    throw new PatternError(`pattern of ${pattern.length} characters: at most ${MAX_PATTERN_CHARACTERS} are allowed`);
  const expression = /^\/(.+)\/(i?)$/.exec(pattern);
  return expression ? compileExpression(pattern, expression[1]!, expression[2]!) : compileGlob(pattern);
}

function compileExpression(pattern: string, source: string, flags: string): UrlTest {
  const danger = dangerOf(source);
  if (danger) throw new PatternError(`pattern ${JSON.stringify(pattern)} could take very long: ${danger}`);
  let expression: RegExp;
  try {
    expression = new RegExp(source, flags);
  } catch (error) {
    throw new PatternError(`pattern ${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}`);
  }
  return (url) => expression.test(url.slice(0, MAX_TESTED_CHARACTERS));
}

/**
 * What could make an expression backtrack without end: a repetition inside a repetition, a back reference, and more
 * than three open repetitions (each multiplies the work by the URL's length).
 */
function dangerOf(source: string): string | undefined {
  /** One entry a group that is open: does it hold a repetition or a choice? */
  const groups: boolean[] = [false];
  let closed = false;
  let inClass = false;
  let repetitions = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === '\\') {
      if (!inClass && /[1-9k]/.test(source[i + 1] ?? ''))
        return 'it refers back to a group; write out what it should match';
      i++;
      closed = false;
      continue;
    }
    if (inClass) {
      if (c === ']') inClass = false;
      continue;
    }
    if (c === '[') {
      inClass = true;
      closed = false;
    } else if (c === '(') {
      groups.push(false);
      closed = false;
    } else if (c === ')') {
      closed = groups.length > 1 ? groups.pop()! : false;
      if (closed) groups[groups.length - 1] = true;
    } else if (c === '|') {
      groups[groups.length - 1] = true;
      closed = false;
    } else if (c === '*' || c === '+' || (c === '{' && /^\{\d+(,\d*)?\}/.test(source.slice(i, i + 12)))) {
      if (closed) return 'a repetition stands around a group that holds another one or a choice; take them apart';
      groups[groups.length - 1] = true;
      if (c !== '{' && ++repetitions > 3)
        return 'it has more than three repetitions (* or +); use a glob or a simpler pattern';
      closed = false;
    } else if (c !== '?') {
      closed = false;
    }
  }
  return undefined;
}

function compileGlob(pattern: string): UrlTest {
  if (/\s/.test(pattern) || pattern === '')
    throw new PatternError(`pattern ${JSON.stringify(pattern)} is empty or holds white space`);
  if (!pattern.includes('/')) return compileWord(pattern);
  // What begins with `*` may begin anywhere: no URL has its first slash elsewhere than behind the scheme.
  const parts = tokensOf(pattern.replace(/^\*+/, '**'));
  if (/^https?:\/\/|^\*/i.test(pattern)) return (url) => matchGlob(parts, url, 0);
  // `/sport/**` begins at the path, `example.org/**` at the host.
  if (pattern.startsWith('/')) return (url) => matchGlob(parts, url, pathStart(url));
  return (url) => {
    const host = url.indexOf('//') + 2;
    return matchGlob(parts, url, host) || (url.startsWith('www.', host) && matchGlob(parts, url, host + 4));
  };
}

/** `ads.example.org` and `*.example.org` are hosts; `*.pdf` and `*trump*` fit any URL that ends so, or holds it. */
function compileWord(pattern: string): UrlTest {
  if (!/[.*?:]|^localhost$/i.test(pattern))
    throw new PatternError(
      `pattern ${JSON.stringify(pattern)} is no host; for all URLs that hold it write ${JSON.stringify(`*${pattern}*`)}`,
    );
  const name = tokensOf(pattern);
  const anywhere = pattern.startsWith('*') ? tokensOf(pattern.replace(/\*+/g, '**')) : undefined;
  return (url) => {
    const host = url.slice(url.indexOf('//') + 2, pathStart(url));
    return (
      [host, host.replace(/:\d+$/, ''), host.replace(/^www\./, '')].some((each) => matchGlob(name, each, 0)) ||
      (anywhere !== undefined && matchGlob(anywhere, url, 0))
    );
  };
}

function pathStart(url: string): number {
  const at = url.indexOf('/', url.indexOf('//') + 2);
  return at < 0 ? url.length : at;
}

/** `**`, `*`, `?`, or a character. */
function tokensOf(pattern: string): string[] {
  return pattern.match(/\*\*+|[\s\S]/g)!.map((token) => (token.startsWith('**') ? '**' : token));
}

/**
 * The whole rest of the text from `start` must fit. Walks all positions in the pattern that are possible at once, so
 * the time is at most pattern × URL whatever they hold.
 */
function matchGlob(tokens: readonly string[], text: string, start: number): boolean {
  let states = skipStars(tokens, new Set([0]));
  for (let i = start; i < text.length && states.size > 0; i++) {
    const c = text[i]!;
    const next = new Set<number>();
    for (const at of states) {
      const token = tokens[at];
      if (token === '**' || (token === '*' && c !== '/')) next.add(at);
      else if (token === c || (token === '?' && c !== '/')) next.add(at + 1);
    }
    states = skipStars(tokens, next);
  }
  return states.has(tokens.length);
}

function skipStars(tokens: readonly string[], states: Set<number>): Set<number> {
  // A set is walked in the order of insertion, so what is added here is visited as well.
  for (const at of states) if (tokens[at] === '*' || tokens[at] === '**') states.add(at + 1);
  return states;
}
