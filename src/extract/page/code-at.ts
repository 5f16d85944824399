/**
 * One UTF-16 code of a text, for loops over texts that come from everywhere. The runtime keeps strings in many forms
 * (one byte or two, pieces of others, put together from others); where a loop has met more than four of them, each
 * `text.charCodeAt(i)` looks the method up anew, and each `i < text.length` the length: either takes as long as all
 * else in the loop. So the length is asked for once, before it.
 */
const { charCodeAt } = String.prototype;

/** Never beyond the text: optimised code that did so once calls the method from then on, in all loops that ask here. */
export const codeAt = (text: string, at: number): number => charCodeAt.call(text, at);

/** The same where the place may be the text's end, or behind it: 0 there. */
export const codeOrEnd = (text: string, at: number): number => (at < text.length ? codeAt(text, at) : 0);
