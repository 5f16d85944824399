/**
 * The hand-written sites of fixtures/sites, ready to be served. In: folders with a `site.json`, pages in UTF-8 and an
 * `*.expected.json` beside every article. Out: sites that answer each path with the version of the virtual day, in the
 * site's own encoding. Never: changes a page's text.
 *
 * site.json: `host`, `seeds`, `encoding` (of the pages on the wire), `contentType` (of the pages), `lastModified`
 * (true: send it), `disallowed` (path prefixes), `delayMs` (what its robots.txt asks for) and `routes`: path → file name, or
 * `{file, status, type, headers, location, gzip, encoding, article, days: {"2": {…}}}`. A route with `article` (the name of
 * its expected file, without the ending) holds that article, one with `partOf` a further page of it; a day's entry replaces
 * the fields it names from that day on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { encodeText } from './encode-text.js';

export const SITES = fileURLToPath(new URL('../../fixtures/sites', import.meta.url));

const TYPES = {
  html: 'text/html',
  xml: 'application/xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

export function loadSites(names = readdirSync(SITES).sort()) {
  return names.map(loadSite);
}

function loadSite(name) {
  const folder = join(SITES, name);
  const manifest = JSON.parse(readFileSync(join(folder, 'site.json'), 'utf8'));
  const { host, encoding = 'utf-8', routes } = manifest;
  const cache = new Map();

  function bodyOf(route) {
    const key = `${route.file} ${route.encoding ?? ''} ${route.archive ?? ''}`;
    let body = cache.get(key);
    if (!body) {
      const text = readFileSync(join(folder, route.file), 'utf8');
      body = encodeText(text, route.encoding ?? (route.file.endsWith('.html') ? encoding : 'utf-8'));
      if (route.archive === 'gzip') body = gzipSync(body);
      cache.set(key, body);
    }
    return body;
  }

  function routeOn(path, day) {
    // As on most servers, a query that nobody asked for changes nothing.
    const given = routes[path] ?? routes[decodeURI(path)] ?? routes[path.split('?', 1)[0]];
    if (given === undefined) return undefined;
    let route = typeof given === 'string' ? { file: given } : given;
    for (let on = 2; on <= day; on++) {
      const change = given.days?.[on];
      if (change) route = { ...route, ...(typeof change === 'string' ? { file: change } : change) };
    }
    return route;
  }

  return {
    name,
    host,
    origin: `http://${host}`,
    seeds: (manifest.seeds ?? ['/']).map((path) => `http://${host}${path}`),
    disallowed: manifest.disallowed ?? [],
    delayMs: manifest.delayMs ?? 0,
    /** Articles that stand at an URL of their own on a day, with what a record of each must say. */
    articles(day = 1) {
      return Object.keys(routes).flatMap((path) => {
        const route = routeOn(path, day);
        if (!route?.article || route.location || (route.status ?? 200) !== 200) return [];
        const expected = JSON.parse(readFileSync(join(folder, `${route.article}.expected.json`), 'utf8'));
        return [{ url: `http://${host}${path}`, path, name: route.article, expected }];
      });
    },
    answer(path, { day }) {
      const route =
        routeOn(path, day) ??
        (manifest.missing ? { file: manifest.missing, status: manifest.missingStatus ?? 404 } : undefined);
      if (!route) return undefined;
      const headers = { ...route.headers };
      if (route.location) return { status: route.status ?? 301, headers: { ...headers, location: route.location } };
      if (!route.file)
        return { status: route.status, type: 'text/html; charset=utf-8', body: '<!doctype html><title>Gone</title>' };
      if (route.lastModified) headers['last-modified'] = route.lastModified;
      const ending = route.file.slice(route.file.lastIndexOf('.') + 1);
      const type = route.type ?? (ending === 'html' ? (manifest.contentType ?? TYPES.html) : TYPES[ending]);
      return {
        status: route.status ?? 200,
        type,
        headers,
        body: bodyOf(route),
        ...(manifest.validators === false && { validators: false }),
        ...(manifest.gzip === false && { gzip: false }),
      };
    },
  };
}
