type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const below = (random: Random, n: number): number => Math.floor(random() * n);

/** What fields of forms and queries are given: empty, long, foreign, dangerous elsewhere, nearly right. */
export const oddities: readonly string[] = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202e\u2066a",
  "é".repeat(5_000),
  "A".repeat(30_000),
  "＄ACTION_ID_",
  "__proto__",
  "constructor",
  "' or 1=1 --",
  "<img src=x onerror=alert(1)>",
  "{{7*7}}",
  "../../etc/passwd",
  "//elsewhere.example/",
  "javascript:alert(1)",
  "\r\nSet-Cookie: a=b",
  "%00%ff%c0%af",
  "-1",
  "0",
  "1e308",
  "9999999999999999999999",
  "2026-02-30",
  "0000-00-00T00:00",
  "00000000-0000-0000-0000-000000000000",
  "900101-14-0000",
  "somebody@contoh.example.gov.my",
  "[]",
  '{"a":{"b":[null]}}',
  "[".repeat(10_000),
  "=?utf-8?B?AA==?=",
  "$undefined",
  "$K1",
  "$@1",
  "😀".repeat(300),
];

export type Field = { name: string; value: string };
export type Sent = { body: Buffer; type: string };

/** The fields of a form with one to four things wrong with them; now and then nothing is. */
export function malformFields(random: Random, fields: readonly Field[]): Field[] {
  const changed = fields.map((field) => ({ ...field }));
  for (let n = below(random, 5); n > 0; n--) {
    const at = below(random, Math.max(changed.length, 1));
    const field = changed[at];
    switch (below(random, 8)) {
      case 0:
        changed.splice(at, 1);
        break;
      case 1:
        if (field) changed.push({ ...field });
        break;
      case 2:
        changed.push({ name: pick(random, oddities), value: pick(random, oddities) });
        break;
      case 3:
        if (field)
          field.name = pick(random, [field.name + pick(random, ["[]", "[0]", ".a", "\u0000"]), pick(random, oddities)]);
        break;
      default:
        if (field)
          field.value = pick(random, [pick(random, oddities), field.value.slice(0, -1), field.value + field.value]);
    }
  }
  return changed;
}

/** The fields as a body of one of the kinds that browsers and others send, sound or not. */
export function bodyOf(random: Random, fields: readonly Field[]): Sent {
  const boundary = pick(random, ["----kunci", "x", "----kunci"]);
  const sound = random() < 0.6;
  switch (sound ? 0 : below(random, 6)) {
    case 1:
      return {
        body: Buffer.from(fields.map(({ name, value }) => `${encoded(name)}=${encoded(value)}`).join("&")),
        type: "application/x-www-form-urlencoded",
      };
    case 2:
      return {
        body: Buffer.from(JSON.stringify(Object.fromEntries(fields.map(({ name, value }) => [name, value])))),
        type: pick(random, ["application/json", "text/plain;charset=UTF-8"]),
      };
    case 3:
      return { body: noise(random, below(random, 4_000)), type: pick(random, types) };
    case 4:
      return { body: multipart(fields, boundary), type: pick(random, types) };
    case 5:
      return { body: garble(random, multipart(fields, boundary)), type: `multipart/form-data; boundary=${boundary}` };
    default:
      return { body: multipart(fields, boundary), type: `multipart/form-data; boundary=${boundary}` };
  }
}

const types = [
  "",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  `multipart/form-data; boundary=${"b".repeat(400)}`,
  "application/json",
  "application/x-www-form-urlencoded",
  "application/octet-stream",
  "text/x-component",
  "application/x-www-form-urlencoded; charset=utf-16",
  'a/b; c="',
];

/** Lone surrogates cannot be encoded; a body may hold their bytes all the same. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll("%20", "+");

function multipart(fields: readonly Field[], boundary: string): Buffer {
  const parts = fields.map(({ name, value }) =>
    name === "file"
      ? `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n${value}\r\n`
      : `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return Buffer.from(`${parts.join("")}--${boundary}--\r\n`);
}

/** Cut off, bits turned, or bytes put in. */
export function garble(random: Random, bytes: Buffer): Buffer {
  const at = below(random, bytes.length);
  if (random() < 0.3) return bytes.subarray(0, at);
  if (random() < 0.5)
    return Buffer.concat([bytes.subarray(0, at), noise(random, 1 + below(random, 40)), bytes.subarray(at)]);
  const turned = Buffer.from(bytes);
  for (let n = 1 + below(random, 20); n > 0 && turned.length > 0; n--) {
    const where = below(random, turned.length);
    turned.writeUInt8(turned.readUInt8(where) ^ (1 << below(random, 8)), where);
  }
  return turned;
}

const noise = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => below(random, 256)));

/** Names that pages look for in their addresses, and some that none does. */
const asked =
  "q page after before cursor done wrong to return returnTo from until sort status office role id state method code trouble factor phase kind lang _rsc __nextLocale".split(
    " ",
  );

/** A query of a few names with what nobody would send. */
export function oddQuery(random: Random): string {
  if (random() < 0.3) return "";
  const pairs = Array.from(
    { length: 1 + below(random, 4) },
    () => `${pick(random, asked)}=${encoded(pick(random, oddities).slice(0, 2_000))}`,
  );
  return `?${pairs.join("&")}${random() < 0.1 ? "&%%%=%ff" : ""}`;
}
