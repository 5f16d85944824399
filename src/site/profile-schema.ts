/**
 * The form of a site profile as files hold it: what people edit is checked here. Who only makes or applies profiles does
 * not import it: loading zod takes longer than reading a page.
 */
import { z } from 'zod';
import { PROFILE_VERSION } from './profile.js';

/** key → on how many pages it was seen. */
const counts = z.record(z.string(), z.int().min(1)).default({});

export const siteProfileSchema = z.strictObject({
  schema: z.literal(PROFILE_VERSION),
  /** Registrable domain. */
  site: z.string().min(1),
  /** What a person has set: it wins over what is learned, and no run changes it. */
  pinned: z
    .strictObject({
      name: z.string().min(1).optional(),
      /** UTC offset of local times without a zone, as `+03:00`, or an IANA zone, as `Europe/Minsk`. */
      timeZone: z.string().min(1).optional(),
    })
    .default({}),
  /** Article pages that the profile was learned from. */
  pages: z.int().min(0),
  /** Short digests of their URLs: the same page seen twice counts once. */
  seen: z.array(z.string()),
  /** Publisher's names, as pages give them. */
  names: counts,
  /** Ends of titles behind a separator: what many pages share is the site's name, not the headline's. */
  titleEnds: counts,
  /** Months and UTC offsets of machine-readable dates, as `11 +03:00`. */
  offsets: counts,
  /** Keywords on pages whose text does not speak of them; a profile without stays as it is, and so does its digest. */
  keywords: counts.unwrap().optional(),
  /** Fingerprints of blocks, descriptions, lists of keywords and pictures that more than one page has. */
  repeated: counts,
  /** Where text stands that is the article's, and where text that looked like it but is not. */
  bodyPlaces: counts,
  otherPlaces: counts,
  /** Where the body stands, as far as a witness proved it. */
  bodyPaths: counts,
  /** Where the headline stands. */
  headlinePaths: counts,
});

export type SiteProfile = z.infer<typeof siteProfileSchema>;

/** Reads a profile as an archive keeps it. Throws ZodError with the path of what is wrong. */
export function readProfile(value: unknown): SiteProfile {
  return siteProfileSchema.parse(value);
}
