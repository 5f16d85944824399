import type { WebSite } from './web.js';

export declare function largeSite(
  articles: number,
  host?: string,
): WebSite & { readonly origin: string; paths(): string[] };
