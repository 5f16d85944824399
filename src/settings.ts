/**
 * The settings of a crawl: what `tearsheet.json` and `--config` hold and what the command line's options override.
 * One zod schema; every limit has a name, a unit and a default here.
 */
import { z } from 'zod';
import { spanOfDate } from './timespan.js';

const list = z.array(z.string().min(1));
/** A day, month, year or instant, ISO 8601. */
const when = z
  .string()
  .refine(
    (text) => spanOfDate(text) !== undefined && (!text.includes('T') || !Number.isNaN(Date.parse(text))),
    'expected a date such as 2017-11-23, 2017-11 or 2017',
  );
const positive = z.int().min(1);
const TIME = '([01]?\\d|2[0-3]):[0-5]\\d';
const hours = z
  .string()
  .regex(new RegExp(`^${TIME}-${TIME}$`), 'expected hours such as 22:00-06:00')
  .refine((text) => new Set(text.split('-')).size > 1, 'expected two different times');
const zone = z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Minsk');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

export const settingsSchema = z.strictObject({
  seeds: list.default([]).describe('Sites, sections, feeds, sitemaps or articles to start from'),
  scope: z
    .enum(['host', 'site', 'prefix'])
    .default('site')
    .describe("What may be fetched: the seed's host, its registrable domain, or URLs that start with the seed"),
  include: list
    .default([])
    .describe('Only URLs that match one of these patterns (glob, or /regular expression/) are articles to archive'),
  exclude: list.default([]).describe('URLs that match one of these patterns are never fetched'),
  since: when.optional().describe('Only articles published on or after this day, month or year'),
  until: when.optional().describe('Only articles published on or before it'),
  maxArticles: positive.optional().describe('Stop after this many articles'),
  maxPages: positive.optional().describe('Stop after this many requests for pages'),
  maxDepth: z.int().min(0).default(5).describe('Links followed from a seed; feeds and sitemaps do not count'),

  delayMs: z.number().min(0).default(1000).describe('Least time between the starts of two requests to one host'),
  maxDelayMs: positive
    .default(300_000)
    .describe('Longest wait that Crawl-delay, Retry-After or back-off can impose on a host within a run'),
  concurrency: positive.default(32).describe('Requests under way at once, over all hosts'),
  maxRequestsPerSecond: z.number().gt(0).optional().describe('Starts of requests a second at most, over all hosts'),
  maxBytesPerSecond: positive.optional().describe('Received bytes a second at most, over all hosts'),
  maxSockets: positive.default(256).describe('Connections open at once, busy or kept for further requests'),
  onlyBetween: hours.optional().describe('Hours of the day in which requests may start; outside of them a run waits'),
  timeZone: zone.optional().describe("IANA time zone of onlyBetween (Europe/Minsk); default: the machine's own"),
  maxFailuresPerHost: positive.default(8).describe('Failures in a row after which a host is left alone for the run'),
  retries: z.int().min(0).default(2).describe('Further tries of a lead whose failure may pass'),

  userAgent: z.string().min(1).optional().describe('User-Agent field; the robots product token stays tearsheet'),
  contact: z.string().min(1).optional().describe('URL or mail address put into the User-Agent'),
  proxy: z.url().optional().describe('HTTP proxy for all requests; HTTP_PROXY, HTTPS_PROXY and NO_PROXY otherwise'),
  allowPrivate: z.boolean().default(false).describe('Fetch private and loopback addresses that no seed names'),
  respectNoindex: z.boolean().default(true).describe('Make no record of pages marked noindex'),
  readTdmFile: z
    .boolean()
    .default(true)
    .describe(
      'Ask hosts of articles that say nothing of text and data mining for /.well-known/tdmrep.json, once a day',
    ),
  respectNoarchive: z.boolean().default(true).describe('Keep no copy (WARC payload) of pages marked noarchive'),

  timeoutMs: positive
    .default(30_000)
    .describe('For connecting, for the response header, and for each further kilobyte of a body'),
  maxRequestMs: positive
    .default(120_000)
    .describe('For one request as a whole; what is not there by then is left to the next run'),
  maxBodyBytes: positive.default(20 * 2 ** 20).describe('Largest body on the wire'),
  maxDecodedBytes: positive.default(50 * 2 ** 20).describe('Largest body after decompression'),
  maxSitemapBytes: positive
    .default(50 * 2 ** 20)
    .describe('Largest sitemap after decompression (sitemaps.org allows 50 MB)'),
  maxHeaderBytes: positive.default(64 * 2 ** 10).describe('Largest response header'),
  maxRedirects: z.int().min(0).default(10).describe('Redirects followed for one lead'),
  maxUrlLength: positive.default(4096).describe('Longer URLs are out of scope'),

  maxArticlePages: positive
    .default(20)
    .describe('Pages of one article joined in its record at most; 1 takes every page for an article of its own'),
  profilePages: positive.default(25).describe('Articles of a site held back at most until its profile is settled'),
  workers: z
    .int()
    .min(0)
    .optional()
    .describe('Extraction threads; 0 extracts in the main thread; default: one less than the processors'),
  warcBytes: positive.default(2 ** 30).describe('A WARC file is closed and the next begun at this size'),
  recordsBytes: positive.default(2 ** 30).describe('The same for a file of records'),
});

/** Settings with every default filled in. */
export type Settings = z.infer<typeof settingsSchema>;
/** Settings as a user gives them. */
export type SettingsInput = z.input<typeof settingsSchema>;
