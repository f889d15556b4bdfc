import http from "node:http";
import https from "node:https";
import { attributeOf } from "../harness/html.ts";

export type Answer = {
  status: number;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  milliseconds: number;
};

export type Form = { action: string; hidden: [name: string, value: string][]; names: Set<string> };

type Cookies = Map<string, string>;

/**
 * What a browser without JavaScript sends, and no more: documents, form posts as multipart, cookies, redirects. Each
 * has a client address of its own, told through `X-Forwarded-For` as a proxy would.
 */
export class BrowserWithoutScript {
  readonly cookies: Cookies = new Map();
  requests = 0;
  readonly #origin: URL;
  readonly #address: string;
  readonly #agent: http.Agent;
  readonly #at: URL;

  /** `at`: where it is reached, if not at its origin: one instance behind a balancer. */
  constructor(origin: string, address: string, agent: http.Agent, at = origin) {
    this.#origin = new URL(origin);
    this.#at = new URL(at);
    this.#address = address;
    this.#agent = agent;
  }

  /** Opens a page and follows where it leads. */
  async open(path: string): Promise<Answer> {
    let answer = await this.send("GET", path);
    for (let hops = 0; answer.headers.location !== undefined; hops++) {
      if (hops > 5) throw new Error(`${path} leads in circles`);
      const to = new URL(answer.headers.location, this.#origin);
      answer = await this.send("GET", to.pathname + to.search);
    }
    return answer;
  }

  /**
   * Fills in the form that has all of these fields and sends it, with what a script would have added; does not follow.
   */
  submit(page: Answer, fields: Record<string, string>, added: Record<string, string> = {}): Promise<Answer> {
    const form = formWith(page, Object.keys(fields));
    const boundary = "----kunci-bench-form-boundary";
    const filled = [...form.hidden.filter(([name]) => !(name in fields)), ...Object.entries({ ...fields, ...added })];
    const parts = filled.map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join("")}--${boundary}--\r\n`;
    return this.send("POST", form.action || page.path, { body, type: `multipart/form-data; boundary=${boundary}` });
  }

  /** Sends the form and follows where it leads. */
  async submitAndFollow(page: Answer, fields: Record<string, string>): Promise<Answer> {
    const answer = await this.submit(page, fields);
    return answer.headers.location === undefined
      ? answer
      : this.open(new URL(answer.headers.location, this.#origin).pathname);
  }

  /** Presses the button of a form that only leads to `action`, and follows. */
  openDoor(page: Answer, action: string): Promise<Answer> {
    const form = formsOf(page).find((one) => one.action === action);
    if (!form) throw new Error(`${page.path} (${page.status}) has no form that leads to ${action}`);
    return this.open(`${action}?${new URLSearchParams(form.hidden)}`);
  }

  send(method: "GET" | "POST", path: string, sent?: { body: string; type: string }): Promise<Answer> {
    this.requests++;
    const headers: http.OutgoingHttpHeaders = {
      host: this.#origin.host,
      "x-forwarded-for": this.#address,
      accept: "text/html",
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    };
    if (sent) {
      Object.assign(headers, {
        origin: this.#origin.origin,
        "sec-fetch-site": "same-origin",
        "content-type": sent.type,
        "content-length": Buffer.byteLength(sent.body),
      });
    }
    return new Promise((done, fail) => {
      const from = performance.now();
      const ask = this.#at.protocol === "https:" ? https.request : http.request;
      const request = ask(
        { host: "127.0.0.1", port: this.#at.port, method, path, headers, agent: this.#agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          // Broken off in the middle of the answer: there is no end then.
          response.on("error", fail);
          response.on("end", () => {
            this.#keep(response.headers["set-cookie"]);
            const body = Buffer.concat(chunks).toString();
            done({
              status: response.statusCode ?? 0,
              path,
              headers: response.headers,
              body,
              milliseconds: performance.now() - from,
            });
          });
        },
      );
      request.on("error", fail);
      request.end(sent?.body);
    });
  }

  #keep(set: string[] | undefined): void {
    for (const line of set ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function formsOf({ body }: Answer): Form[] {
  return [...body.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, open = "", inside = ""]) => {
    const tags = [...inside.matchAll(/<(?:input|select|textarea|button|altcha-widget)\b[^>]*>/g)].map(([tag]) => tag);
    const hidden = tags
      .filter((tag) => attributeOf(tag, "type") === "hidden")
      .map((tag): [string, string] => [attributeOf(tag, "name") ?? "", attributeOf(tag, "value") ?? ""]);
    const names = new Set(tags.flatMap((tag) => attributeOf(tag, "name") ?? []));
    return { action: attributeOf(open, "action") ?? "", hidden, names };
  });
}

/** The first form of a page that asks for all of these. */
export function formWith(page: Answer, wanted: readonly string[]): Form {
  const form = formsOf(page).find(({ names }) => wanted.every((name) => names.has(name)));
  if (form) return form;
  const { path, status } = page;
  throw new Error(`${path} (${status}) has no form that asks for ${wanted.join(", ")}`);
}
