export type Field = { name: string; value: string };

const MOST_FIELDS = 200;
const LONGEST_PART_HEADER = 1_024;
// As every browser writes it. Next.js answers some of what the standard lets in besides (a single letter, "," or ":") with 500.
const BOUNDARY = /^multipart\/form-data; ?boundary=("?)([A-Za-z0-9_-]{8,70})\1$/;
// Browsers write a quote or line break in a name as %22, %0D%0A. Our names are plain, and readers disagree about backslashes.
const DISPOSITION = /^content-disposition: form-data; name="([\x20-\x21\x23-\x5b\x5d-\x7e]{1,200})"$/i;
const PLAIN_TEXT = /^content-type: text\/plain(; ?charset=(utf-8|us-ascii))?$/i;
const BREAK = "\r\n";

/**
 * Reads a form as browsers send it, and nothing looser: no preamble, no files, no nested parts. Null where it is anything
 * else. Stricter on purpose than the two readers in Next.js behind it, so that what passes here reads alike in both.
 * `text` is the body decoded as UTF-8.
 */
export function parseMultipart(text: string, contentType: string): readonly Field[] | null {
  const boundary = BOUNDARY.exec(contentType)?.[2];
  if (boundary === undefined) return null;
  const delimiter = `--${boundary}`;
  const fields: Field[] = [];
  if (!text.startsWith(delimiter)) return null;
  let at = delimiter.length;
  while (text.startsWith(BREAK, at)) {
    const headerEnd = text.indexOf(BREAK + BREAK, at);
    if (headerEnd < 0 || headerEnd - at > LONGEST_PART_HEADER) return null;
    const name = nameOf(text.slice(at + BREAK.length, headerEnd));
    const valueStart = headerEnd + 2 * BREAK.length;
    // The break before a delimiter belongs to it; an empty value has the break of its header's end.
    const valueEnd = text.indexOf(BREAK + delimiter, valueStart);
    if (name === null || valueEnd < 0 || fields.length === MOST_FIELDS) return null;
    fields.push({ name, value: text.slice(valueStart, valueEnd) });
    at = valueEnd + BREAK.length + delimiter.length;
  }
  const rest = text.slice(at);
  return rest === "--" || rest === `--${BREAK}` ? fields : null;
}

function nameOf(header: string): string | null {
  const [disposition = "", kind, ...more] = header.split(BREAK);
  if (more.length > 0 || (kind !== undefined && !PLAIN_TEXT.test(kind))) return null;
  return DISPOSITION.exec(disposition)?.[1] ?? null;
}
