/** One entity of a mail (RFC 2045): its headers by their names in lower case, its kind, and what is in it. */
export type Entity = {
  headers: Headers;
  /** `text/plain`, in lower case. */
  type: string;
  /** Of what holds no others: its text with the transfer encoding taken off, a byte a character (bounces speak ASCII). */
  text: string;
  /** The parts of a multipart, or the one mail that is carried inside. */
  parts: readonly Entity[];
};
export type Headers = ReadonlyMap<string, readonly string[]>;

/** A bounce holds a mail that holds a mail; nobody honest goes much deeper. */
const DEEPEST = 8;
const MOST_PARTS = 50;

const MAIL_INSIDE = new Set(["message/rfc822", "message/global"]);

/** Reads a mail as far as a bounce needs it. Never throws: what is malformed is read as text. `source`: a byte a character. */
export function readEntity(source: string, depth = 0): Entity {
  const { headers, body } = splitHeaders(source);
  const said = first(headers, "content-type") ?? "text/plain";
  const type = (/^\s*([^\s;]+)/.exec(said)?.[1] ?? "text/plain").toLowerCase();
  const boundary = type.startsWith("multipart/") ? boundaryOf(said) : undefined;
  if (boundary !== undefined && depth < DEEPEST) {
    const parts = splitParts(body, boundary).map((part) => readEntity(part, depth + 1));
    return { headers, type, text: "", parts };
  }
  const text = decodeTransfer(body, first(headers, "content-transfer-encoding"));
  if (MAIL_INSIDE.has(type) && depth < DEEPEST)
    return { headers, type, text: "", parts: [readEntity(text, depth + 1)] };
  return { headers, type, text, parts: [] };
}

export const first = (headers: Headers, name: string): string | undefined => headers.get(name)?.[0];

/** Header fields up to the first empty line, unfolded; and what follows. Lines that are no field are passed over. */
export function splitHeaders(source: string): { headers: Headers; body: string } {
  const text = source.replace(/^(?:\r?\n)+/, "");
  const end = /\r?\n\r?\n/.exec(text);
  const lines = text
    .slice(0, end?.index ?? text.length)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/);
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const found = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line);
    if (!found) continue;
    const name = (found[1] ?? "").toLowerCase();
    const value = (found[2] ?? "").trim();
    const others = headers.get(name);
    if (others) others.push(value);
    else headers.set(name, [value]);
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : "" };
}

function boundaryOf(contentType: string): string | undefined {
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** What stands between the boundary's lines; before the first and after the closing one is for programs that know no MIME. */
function splitParts(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let begun = -1;
  let at = 0;
  while (at < body.length && parts.length < MOST_PARTS) {
    const newline = body.indexOf("\n", at);
    const end = newline === -1 ? body.length : newline + 1;
    const line = body.startsWith("--", at) ? body.slice(at, end).trimEnd() : "";
    if (line === `--${boundary}` || line === `--${boundary}--`) {
      if (begun >= 0) parts.push(body.slice(begun, at).replace(/\r?\n$/, ""));
      begun = line.length > boundary.length + 2 ? -1 : end;
      if (begun === -1) return parts;
    }
    at = end;
  }
  // Cut off in the middle, as a mail that is too long for a bounce may be.
  if (begun >= 0 && parts.length < MOST_PARTS) parts.push(body.slice(begun));
  return parts;
}

function decodeTransfer(body: string, encoding: string | undefined): string {
  switch (encoding?.toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64").toString("latin1");
    case "quoted-printable":
      return body
        .replace(/=[ \t]*\r?\n/g, "")
        .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    default:
      return body;
  }
}
