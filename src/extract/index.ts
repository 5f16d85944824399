/** The extraction room's entries: a tree from text, a draft from a tree, and why its fields are what they are. */
export type { Candidate } from './candidate.js';
export { type Candidates, explainPage, extractPage } from './extract.js';
export { parseDocument } from './page/tree.js';
