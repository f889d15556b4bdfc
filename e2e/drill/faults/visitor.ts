import http from "node:http";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { type Answer, BrowserWithoutScript } from "../../bench/browser-without-script.ts";
import { type Client, clientOf, settleIn } from "../../harness/people.ts";

/** Gives the portal so many activated people, each with the fixtures' password; who they are. */
export async function settleClients(
  portal: { ownerUrl: string; keys: Keyring },
  many: number,
  from = 0,
): Promise<(Client & { id: string })[]> {
  const people = Array.from({ length: many }, (_, n) => fixturePerson(from + n));
  const ids = await settleIn(portal, people, "activated");
  return ids.map((id, n) => ({ ...clientOf(from + n), id }));
}

/**
 * A browser in front of one instance, as the balancer would pass its requests on: over plain http, told by the headers that it was
 * https outside.
 */
export class Visitor {
  readonly browser: BrowserWithoutScript;
  readonly #agent = new http.Agent({ keepAlive: false });

  constructor(origin: string, instance: { origin: string }, address: string) {
    this.browser = new BrowserWithoutScript(origin, address, this.#agent, instance.origin);
  }

  async toThePassword({ identityNumber }: Client): Promise<Answer> {
    const { browser } = this;
    const methods = await browser.submitAndFollow(await browser.open("/sign-in"), { identityNumber });
    return browser.openDoor(methods, "/sign-in/password");
  }

  /** Whether it led home. */
  async signIn(client: Client): Promise<boolean> {
    const answer = await this.browser.submit(await this.toThePassword(client), { password: client.password });
    return answer.status === 303 && answer.headers.location?.endsWith("/home") === true;
  }

  /** Whether the session is there. */
  async home(): Promise<boolean> {
    const { status } = await this.browser.send("GET", "/home");
    return status === 200;
  }
}
