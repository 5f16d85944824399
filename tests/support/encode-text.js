/**
 * Text to the bytes of a legacy encoding, for pages that must not be UTF-8 on the wire. Node only decodes, so its own
 * decoder is turned round once per encoding. Throws where the encoding has no such character.
 */
const tables = new Map();

export function encodeText(text, encoding) {
  if (/^utf-?8$/i.test(encoding)) return Buffer.from(text, 'utf8');
  let table = tables.get(encoding);
  if (!table) {
    table = tableOf(encoding);
    tables.set(encoding, table);
  }
  const parts = [];
  for (const character of text) {
    const bytes = table.get(character);
    if (!bytes) throw new Error(`${encoding} has no ${character} (U+${character.codePointAt(0).toString(16)})`);
    parts.push(...bytes);
  }
  return Buffer.from(parts);
}

function tableOf(encoding) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map();
  const learn = (...bytes) => {
    let character;
    try {
      character = decoder.decode(Uint8Array.from(bytes));
    } catch {
      return;
    }
    if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
  };
  for (let byte = 0; byte < 256; byte++) learn(byte);
  const single = new TextDecoder(encoding).encoding.match(/^(?:windows-|iso-8859|koi8)/);
  if (!single)
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail);
  return table;
}
