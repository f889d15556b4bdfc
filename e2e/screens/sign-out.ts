import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { settleSystems } from "../harness/systems.ts";
import { press, somebody, type Walk } from "./walk.ts";

const held = { roles: ["Penyedia"], held: ["Penyedia"] };

/** Somebody who signs out of a system, and then of the portal with systems open that know of it, do not answer, or cannot be told. */
export async function signOutPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot, words } = walk;
  const [id = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  const browser = { context: page.context(), database, origin: portal.origin };
  const { sessionId } = await openSessionOf(id, ["password"], browser);
  await settleSystems(portal.dataDir, id, [
    { name: "Perakaunan Jabatan", backchannelLogoutUri: "http://127.0.0.1:1/logout", ...held, from: sessionId },
    { name: "Tempahan Bilik", ...held, from: sessionId },
  ]);
  await page.goto("/sign-out");
  await shoot("sign-out-portal");
  const { rows } = await database.query("select start_uri from relying_party where client_id = 'contoh-cuti'");
  const cuti = `${new URL(rows[0].start_uri).origin}/cuti`;
  await page.goto(`${cuti}/sign-in`);
  await page.locator("form[action$='/sign-out'] button").click();
  await page.waitForURL(/\/sign-out\?request=/);
  await shoot("sign-out-asked");
  // As it is seen by whoever is led back by hand.
  await page.route(`${cuti}/**`, (route) => route.fulfill({ status: 204 }));
  await page.goto(page.url().replace("/sign-out?", "/sign-out/back?what=all&"));
  await shoot("sign-out-back");
  await page.unroute(`${cuti}/**`);
  await page.goto("/sign-out");
  await press(page, words.signOut.all);
  await page.locator(".signed-out .badge.ok").waitFor();
  await shoot("sign-out-done");
  await page.goto("/sign-out/done");
  await shoot("sign-out-nothing");
}
