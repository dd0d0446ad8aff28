// What a chat does with a text: *bold*, _italic_, ~struck~, ```mono``` and addresses.
// Gives pieces, never HTML: the page makes text nodes of them.

export interface Piece {
  kind: 'text' | 'bold' | 'italic' | 'struck' | 'mono' | 'link';
  text: string;
}

const MARKS: [string, Piece['kind']][] = [
  ['```', 'mono'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'struck'],
];
const ADDRESS = /https?:\/\/[^\s<>"'*]+/gi;

/** `*Robe* http://a/b` → bold “Robe”, text “ ”, link “http://a/b”. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    // A full stop after an address belongs to the sentence.
    const address = match[0].replace(/[.,;:!?)\]]+$/, '');
    if (!safe(address)) continue;
    marked(text.slice(from, match.index), found);
    found.push({ kind: 'link', text: address });
    from = match.index + address.length;
  }
  marked(text.slice(from), found);
  return found;
}

/** Only the web: `javascript:` and its like never become a link. */
export function safe(address: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function marked(text: string, into: Piece[]): void {
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const hit = opens(text, at);
    if (hit === null) {
      plain += text[at] ?? '';
      at += 1;
      continue;
    }
    if (plain !== '') into.push({ kind: 'text', text: plain });
    plain = '';
    into.push({ kind: hit.kind, text: hit.text });
    at = hit.end;
  }
  if (plain !== '') into.push({ kind: 'text', text: plain });
}

/** A mark opens at the start of a word and closes at the end of one, on the same line. */
function opens(text: string, at: number): { kind: Piece['kind']; text: string; end: number } | null {
  for (const [mark, kind] of MARKS) {
    if (!text.startsWith(mark, at) || /[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')) continue;
    const start = at + mark.length;
    const close = text.indexOf(mark, start);
    if (close <= start) continue;
    const inner = text.slice(start, close);
    const after = text[close + mark.length] ?? ' ';
    const spaced = inner.trim() !== inner || /[\p{L}\p{N}]/u.test(after);
    if (spaced || (mark !== '```' && inner.includes('\n'))) continue;
    return { kind, text: inner, end: close + mark.length };
  }
  return null;
}
