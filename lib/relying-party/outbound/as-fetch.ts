import { type CallOptions, fetchFromRelyingParty } from "./fetch-from-relying-party.ts";
import type { Reach } from "./may-be-called.ts";

/** The same way out, in the shape a library of OpenID Connect asks for: GET and form posts, refusals thrown. */
export const asFetch =
  (reach: () => Reach, options: CallOptions = {}) =>
  async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const address = url instanceof Request ? url.url : String(url);
    const method = init.method?.toUpperCase() ?? "GET";
    if (method !== "GET" && method !== "POST") throw new TypeError(`${method} is not sent to relying parties`);
    const body = init.body == null ? {} : { body: String(init.body) };
    const headers = Object.fromEntries(new Headers(init.headers));
    const answer = await fetchFromRelyingParty(reach(), address, { method, headers, ...body }, options);
    if (!answer.ok) throw new TypeError(`The address of a relying party was not fetched: ${answer.error}`);
    const { status, headers: answered, body: bytes } = answer.value;
    const bodyless = status < 200 || status === 204 || status === 205 || status === 304;
    return new Response(bodyless ? null : new Uint8Array(bytes), { status: Math.max(status, 200), headers: answered });
  };
