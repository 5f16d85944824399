/**
 * Which site profile a record is read with: the site's present one, one that is learned anew, or the one that was applied
 * then. In: a record. Out: the profile, and whether the one that was wanted is there.
 */
import { readKeptProfile } from '../archive/annex.js';
import { ArchiveSettingsError } from '../archive/errors.js';
import { readSiteFile, siteFile } from '../archive/layout.js';
import type { ArchiveReader } from '../archive/reader.js';
import { Replay } from '../archive/replay.js';
import type { Article } from '../article.js';
import { RecentMap } from '../recent-map.js';
import { profileDigest, type SiteProfile } from '../site/profile.js';
import { readProfile } from '../site/profile-schema.js';
import { siteOf } from '../url.js';
import type { Evidence } from './evidence.js';

export interface Applied {
  readonly profile?: SiteProfile;
  readonly digest?: string;
  /** The record's own profile was wanted, and is not kept. */
  readonly isMissing?: true;
}

export type WhichProfiles = 'present' | 'anew' | 'then';

/** Profiles in memory; each is some 100 kB at most. */
const MAX_PROFILES = 200;

export class Profiles {
  readonly #reader: ArchiveReader;
  readonly #which: WhichProfiles;
  /** Complete before the first profile is asked for. */
  readonly #evidence: Evidence;
  readonly #replay: Replay;
  readonly #known = new RecentMap<string, Applied>(MAX_PROFILES);

  constructor(reader: ArchiveReader, which: WhichProfiles, evidence: Evidence) {
    this.#reader = reader;
    this.#which = which;
    this.#evidence = evidence;
    this.#replay = new Replay(reader.directory);
  }

  /** Throws ArchiveSettingsError where a file of `sites/` is no profile: people edit them. */
  async of(article: Article): Promise<Applied> {
    const { siteProfile } = article;
    const site = siteOfRecord(article);
    if (this.#which !== 'then') return this.ofSite(site);
    if (siteProfile === undefined) return {};
    const then = await this.#remembered(siteProfile, () => this.#kept(siteProfile));
    if (then.profile) return then;
    const present = await this.#remembered(site, () => this.#present(site));
    return present.digest === siteProfile ? present : { ...present, isMissing: true };
  }

  /** For a page that has no record yet. */
  ofSite(site: string): Promise<Applied> {
    return this.#remembered(site, () => (this.#which === 'anew' && this.#anew(site)) || this.#present(site));
  }

  #anew(site: string): Applied | undefined {
    const profile = this.#evidence.profileOf(site, this.#present(site).profile?.pinned);
    return profile && applied(profile);
  }

  close(): Promise<void> {
    return this.#replay.close();
  }

  async #remembered(name: string, read: () => Promise<Applied> | Applied): Promise<Applied> {
    const known = this.#known.get(name) ?? (await read());
    this.#known.set(name, known);
    return known;
  }

  #present(site: string): Applied {
    try {
      const value = readSiteFile(this.#reader.directory, site);
      return value === undefined ? {} : applied(readProfile(value));
    } catch (error) {
      throw new ArchiveSettingsError(
        `${this.#reader.directory}/${siteFile(site)}: it is no site profile: ${(error as Error).message.replace(/\s+/g, ' ')}; mend it, or remove it`,
      );
    }
  }

  async #kept(digest: string): Promise<Applied> {
    const place = this.#reader.profilePlace(digest);
    const record = place && (await this.#replay.record(place));
    const kept = record && readKeptProfile(record);
    return kept?.digest === digest ? applied(readProfile(JSON.parse(kept.json))) : {};
  }
}

/** The site whose profile a record is read with. */
export function siteOfRecord({ url, capture }: Article): string {
  return siteOf(capture?.finalUrl ?? url);
}

function applied(profile: SiteProfile): Applied {
  return { profile, digest: profileDigest(profile) };
}
