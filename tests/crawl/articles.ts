/** Plain articles and front pages for crawls whose claims are about something else than extraction. */

/** An article as plain as they come; the number makes it one of its own. `head` goes into its head, `foot` into its end. */
export function articleHtml(number: number, { head = '', foot = '', headline = headlineOf(number) } = {}): string {
  const paragraphs = [
    `The council adopted plan number ${number} on Thursday evening after a debate of three hours, with nine votes to four.`,
    `Members of the opposition had asked for ${number + 3} more days to read the report, which was published only two days before the vote.`,
    `The mayor said that the work in district ${number} would begin in spring, and that the bridge would stay open to pedestrians throughout.`,
    `Residents will be invited to hearing ${number}, where engineers are to explain what is planned for each street and what it will cost.`,
  ];
  return `<!doctype html><html lang="en"><head><title>${headline}</title>${head}
<meta property="og:type" content="article"><meta property="og:title" content="${headline}">
<meta property="article:published_time" content="2017-11-23T18:${String(10 + (number % 50)).padStart(2, '0')}:00+03:00"></head>
<body><header><nav><a href="/">Front page</a></nav></header>
<main><article><h1>${headline}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></main>
<footer>${foot}<p>All rights reserved</p></footer></body></html>`;
}

export function headlineOf(number: number): string {
  return `Council adopts plan number ${number}`;
}

export function frontPage(paths: readonly string[]): string {
  const links = paths.map((path, at) => `<li><a href="${path}">What happened on page ${at}</a></li>`);
  return `<!doctype html><html lang="en"><head><title>The Courier</title></head><body><h1>The Courier</h1><ul>${links.join('\n')}</ul></body></html>`;
}
