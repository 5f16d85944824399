/**
 * Pages made of the pages at hand, for what these show too rarely. In: pages with labels. Out: others, each a page into
 * which elements of other pages were set. Real pages are left as they were.
 *
 * - `lengthen`: long articles. Those of the corpora end after some fifty paragraphs, and a model that has seen no others
 *   holds the hundredth for something else.
 * - `crowd`: boxes, comments and further articles of other sites between and behind the paragraphs, so that a model
 *   tells them by what they are and not by the site that they stand on.
 */
import { cut } from '../../dist/extract/body/blocks.js';
import { sensePageItself } from '../../dist/extract/body/context.js';
import { Element, Text } from '../../dist/extract/page/tree.js';

/** Paragraphs that are set in: from the length where the corpora get thin to that of the longest live blogs. */
const FEWEST = 30;
const MOST = 1500;
/** All runs of a long page count together about as much as those of a real one. */
const USUAL = 60;
/** A crowded page says much that its page said before. */
const CROWDED_WEIGHT = 0.5;
/** Words of a box that a model may take for text. */
const TELLING = 25;

export function lengthen(pages, count, random) {
  const texts = new Map();
  for (const page of pages)
    for (const run of page.cut.runs)
      if (page.label[run.index] === 1) {
        const { name } = run.block.element;
        (texts.get(name) ?? texts.set(name, []).get(name)).push(run.text);
      }
  return someOf(pages, count, random).map(([page, { runs }]) => {
    const wanted = Math.round(FEWEST * (MOST / FEWEST) ** random());
    const labels = labelsOf(page);
    const added = Array.from({ length: wanted }, () => {
      const like = oneOf(runs, random).block.element;
      const element = new Element(like.tag, like.attribs, like.parent, like.order, like.depth);
      const text = new Text(oneOf(texts.get(like.name), random), element, like.order);
      element.firstChild = text;
      labels.set(text, 1);
      return element;
    });
    const after = oneOf(runs, random).block.element;
    // JSON-LD would know the old body only.
    return made(page, labels, [{ after, added }], Math.min(1, USUAL / wanted), { jsonLdBody: '' });
  });
}

export function crowd(pages, count, random) {
  const { within, behind, bodies } = boxesOf(pages);
  return someOf(pages, count, random).map(([page, body]) => {
    const labels = labelsOf(page);
    const others = (boxes) => boxes.filter((box) => box.site !== page.site);
    const clone = ({ element }) => {
      const copy = new Element(element.tag, element.attribs, element.parent, element.order, element.depth);
      copy.firstChild = element.firstChild;
      return copy;
    };
    const places = new Map();
    const put = (boxes, after) => {
      const box = oneOf(others(boxes), random);
      if (box && after) (places.get(after) ?? places.set(after, []).get(after)).push(clone(box));
    };
    for (let boxes = 1 + Math.floor(random() * 3); boxes > 0; boxes--)
      put(within, oneOf(body.runs, random).block.element);
    const end = random() < 0.5 ? body.runs.at(-1).block.element : body.container;
    if (random() < 0.6) put(behind, end);
    if (random() < 0.15) put(bodies, body.container);
    const edits = [...places].map(([after, added]) => ({ after, added }));
    return made(page, labels, edits, CROWDED_WEIGHT, {});
  });
}

/**
 * The largest elements without body text beside the body's own: `within` its container, and elsewhere (`behind`) if
 * they hold prose; and the containers of `bodies` themselves.
 */
function boxesOf(pages) {
  const within = [];
  const behind = [];
  const bodies = [];
  for (const page of pages) {
    const body = bodyOf(page);
    if (!body) continue;
    bodies.push({ site: page.site, element: body.container });
    const isBody = new Uint32Array(page.cut.runs.length + 1);
    page.cut.runs.forEach((_, i) => {
      isBody[i + 1] = isBody[i] + (page.label[i] === 1 ? 1 : 0);
    });
    const holdsBody = (frame) => isBody[frame.end] > isBody[frame.first];
    for (const frame of page.cut.frames) {
      if (!frame.block || !frame.parent || holdsBody(frame) || !holdsBody(frame.parent)) continue;
      const runs = page.cut.runs.slice(frame.first, frame.end);
      const box = { site: page.site, element: frame.element };
      if (frame.parent.element === body.container) within.push(box);
      else if (runs.some((run) => run.words >= TELLING && run.linkChars < run.chars / 2)) behind.push(box);
    }
  }
  return { within, behind, bodies };
}

/** The element with most of the body's paragraphs, and these. */
function bodyOf(page) {
  const inside = new Map();
  for (const run of page.cut.runs) {
    if (page.label[run.index] !== 1 || !run.block.parent) continue;
    const { element } = run.block.parent;
    (inside.get(element) ?? inside.set(element, []).get(element)).push(run);
  }
  let best;
  for (const [container, runs] of inside) if (!best || runs.length > best.runs.length) best = { container, runs };
  return best && best.runs.length >= 5 ? best : undefined;
}

function someOf(pages, count, random) {
  const able = pages.map((page) => [page, bodyOf(page)]).filter(([, body]) => body);
  return Array.from(
    { length: Math.min(count, able.length) },
    () => able.splice(Math.floor(random() * able.length), 1)[0],
  );
}

const oneOf = (list, random) => list[Math.floor(random() * list.length)];
const labelsOf = (page) => new Map(page.cut.runs.map((run) => [run.texts[0], page.label[run.index]]));

/** The page with the elements of `edits` in it, cut anew. What `labels` does not know is no body. */
function made(page, labels, edits, weight, sense) {
  const undo = edits.map(({ after, added }) => {
    const { next } = after;
    let at = after;
    for (const element of added) {
      at.next = element;
      at = element;
    }
    at.next = next;
    return () => {
      after.next = next;
    };
  });
  const anew = cut(page.document);
  for (const step of undo) step();
  return {
    site: page.site,
    hash: page.hash,
    url: page.url,
    cut: anew,
    sense: { ...sensePageItself(page.document, anew), ...sense },
    label: anew.runs.map(({ texts }) => (labels.has(texts[0]) ? labels.get(texts[0]) : 0)),
    whole: true,
    weight,
  };
}
