/**
 * Lines of a page that some readers count as its body and others do not: standfirsts, and signatures under the text. Of
 * three corpora with true bodies one has standfirsts never, one nearly always, one as often as not (docs/extraction.md),
 * and so has the model. A fixture names such lines under `eitherWay`; all others are held to what it says.
 */
export const decided = (paragraphs: readonly string[], eitherWay: readonly string[] = []): string[] =>
  paragraphs.filter((paragraph) => !eitherWay.includes(paragraph));
