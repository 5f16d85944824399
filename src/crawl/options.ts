/** What a crawl stands in, beside its settings. */
import type { OnEvent } from '../events.js';
import type { ClientSurroundings } from '../fetch/client.js';

export interface CrawlOptions {
  /** The archive's folder; made where there is none. Absent: the records are all that is kept. */
  readonly archive?: string;
  /** Aborted: what is in flight is finished and committed, then the run ends as interrupted. */
  readonly signal?: AbortSignal;
  readonly onEvent?: OnEvent;
  /** In place of the system's resolver and environment. */
  readonly surroundings?: Omit<ClientSurroundings, 'allowedHosts'>;
}
