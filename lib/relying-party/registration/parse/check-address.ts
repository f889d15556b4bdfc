import { ok, type Result, refuse } from "#lib/kernel/result.ts";

/**
 * uri_scheme: neither https nor, where that is allowed, http to this very machine. uri_written: a browser would write it in
 * another way (`HTTPS://`, capitals in the host, `:443`, `/../`), and addresses are compared letter by letter.
 */
export type AddressRefusal =
  | "uri_shape"
  | "uri_scheme"
  | "uri_fragment"
  | "uri_wildcard"
  | "uri_person"
  | "uri_written"
  | "uri_long";

/** `loopback`: http towards this machine is allowed, as in demonstrations and tests. */
export type AddressRules = { loopback: boolean };

const URI_MAX = 2_000;
/** RFC 8252 §7.3: by number; and by the name that newcomers use. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** RFC 3986: letters, digits and marks; anything else is written with a percent sign. */
const WRITABLE = /^[!-~]+$/;

/**
 * An address that browsers are led to or that this portal calls, exactly as it is to be compared later (RFC 9700 §2.1): https,
 * complete, without a fragment, a wildcard, or a person before the host.
 */
export function checkAddress(said: string, { loopback }: AddressRules): Result<string, AddressRefusal> {
  if (said.length > URI_MAX) return refuse("uri_long");
  if (!WRITABLE.test(said)) return refuse("uri_shape");
  const url = parsed(said);
  if (!url) return refuse("uri_shape");
  const isLoopback = url.protocol === "http:" && LOOPBACK.has(url.hostname);
  if (url.protocol !== "https:" && !(isLoopback && loopback)) return refuse("uri_scheme");
  if (said.includes("#")) return refuse("uri_fragment");
  if (said.includes("*")) return refuse("uri_wildcard");
  if (url.username !== "" || url.password !== "") return refuse("uri_person");
  // `https://sistem.example.gov.my` is as good as with the slash that a browser puts behind it.
  return said === url.href || `${said}/` === url.href ? ok(said) : refuse("uri_written");
}

function parsed(said: string): URL | null {
  try {
    return new URL(said);
  } catch {
    return null;
  }
}
