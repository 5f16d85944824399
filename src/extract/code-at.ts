/**
 * One UTF-16 code of a text, for loops over texts that come from everywhere. The runtime keeps strings in many forms
 * (one byte or two, pieces of others, put together from others); where a loop has met more than four of them, each
 * `text.charCodeAt(i)` looks the method up anew, which takes three times as long as all else in it.
 */
const { charCodeAt } = String.prototype;

export const codeAt = (text: string, at: number): number => charCodeAt.call(text, at);
