import { attributeOf } from "./html.ts";

/** A form as a page without JavaScript holds it, to be sent with whatever one likes in its fields. */
export type PlainForm = {
  fill: (fields: Record<string, string>) => void;
  /** One field: a text, several of the name, or a file. */
  set: (name: string, value: string | string[] | Blob) => void;
  optionsOf: (name: string) => string[];
  /** Headers of `undefined` are left out. */
  send: (headers?: Record<string, string | undefined>) => Promise<Response>;
};

/**
 * The first form of the page's main part, or the first with a field named `holding`, opened with these cookies. Cookies
 * that the page sets go with it.
 */
export async function plainForm(url: string, address: string, cookies = "", holding = ""): Promise<PlainForm> {
  const page = await fetch(url, { headers: { "x-forwarded-for": address, ...(cookies && { cookie: cookies }) } });
  const html = await page.text();
  const cookie = [cookies, ...page.headers.getSetCookie().map((line) => line.split(";", 1)[0])]
    .filter(Boolean)
    .join("; ");
  const main = html.slice(html.indexOf("<main"));
  const forms = [...main.matchAll(/<form[\s\S]*?<\/form>/g)].map(([all]) => all);
  const inside = forms.find((one) => holding === "" || one.includes(`name="${holding}"`)) ?? "";
  const form = new FormData();
  for (const [tag] of inside.matchAll(/<input[^>]*>/g)) {
    if (attributeOf(tag, "type") === "hidden")
      form.append(attributeOf(tag, "name") ?? "", attributeOf(tag, "value") ?? "");
  }
  return {
    fill: (fields) => {
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
    },
    set: (name, value) => {
      form.delete(name);
      for (const each of [value].flat()) form.append(name, each);
    },
    optionsOf: (name) => {
      const select = new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`).exec(inside)?.[0] ?? "";
      return [...select.matchAll(/<option[^>]*value="([^"]+)"/g)].map(([, value]) => value as string);
    },
    send: (headers = {}) => {
      const { origin } = new URL(url);
      const all = {
        origin,
        "sec-fetch-site": "same-origin",
        "x-forwarded-for": address,
        ...(cookie && { cookie }),
        ...headers,
      };
      const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return fetch(url, { method: "POST", redirect: "manual", headers: kept, body: form });
    },
  };
}
