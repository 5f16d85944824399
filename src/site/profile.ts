/**
 * The site profile: what a crawl has learned of a site. Readable JSON; a person may edit it and pin what must stay.
 * In: a profile as a file holds it. Out: its type, its digest.
 */
import { createHash } from 'node:crypto';
import type { SiteProfile } from './profile-schema.js';

export const PROFILE_VERSION = 'tearsheet-profile/1';

export type { SiteProfile };

export function emptyProfile(site: string): SiteProfile {
  return {
    schema: PROFILE_VERSION,
    site,
    pinned: {},
    pages: 0,
    seen: [],
    names: {},
    titleEnds: {},
    offsets: {},
    keywords: {},
    repeated: {},
    bodyPlaces: {},
    otherPlaces: {},
    bodyPaths: {},
    headlinePaths: {},
  };
}

/** Short digest of a page's URL, as `seen` holds it. */
export function pageKey(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 8);
}

/** `sha256:…` of the profile; a record names the one that was applied to it. */
export function profileDigest(profile: SiteProfile): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(profile)).digest('hex')}`;
}
