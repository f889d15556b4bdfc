import { randomUUID } from "node:crypto";
import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { refuseRequests, type SystemWanted, settleSystems } from "../harness/systems.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

const startUri = "https://sistem.contoh.example.gov.my/";
const few: readonly SystemWanted[] = [
  { name: "Kewangan", roles: ["Penyedia dokumen"], held: ["Penyedia dokumen"], startUri },
  { name: "Perolehan", roles: ["Pegawai pelulus", "Penyedia"], held: ["Pegawai pelulus", "Penyedia"], startUri },
  { name: "Aset dan stor", roles: ["Penerima aset"], held: ["Penerima aset"], startUri },
  { name: "Tempahan bilik", roles: ["Kakitangan"], held: ["Kakitangan"] },
];
const many: readonly SystemWanted[] = ["Bayaran", "Gaji", "Latihan", "Kenderaan", "Aduan", "Perpustakaan"].map(
  (name, n) => ({
    name,
    category: n % 2 ? "Sumber manusia" : "Kewangan",
    roles: ["Kakitangan"],
    held: ["Kakitangan"],
    startUri,
  }),
);

/** Somebody who opens systems, asks for one more, and ends what one was given. */
export async function systemPictures(walk: Walk): Promise<void> {
  const { page, portal, database, shoot } = walk;
  const [id = ""] = await settlePeople(portal.dataDir, [somebody()], "activated");
  const { sessionId } = await openSessionOf(id, ["password"], {
    context: page.context(),
    database,
    origin: portal.origin,
  });
  await page.goto("/home/access");
  await shoot("home-access-awaiting");
  await settleSystems(portal.dataDir, id, few);
  await page.goto("/settings/systems");
  await shoot("settings-systems-roles");
  const consented = { name: "Portal Mitra", ownedByAgency: false, backchannelLogoutUri: `${startUri}keluar` };
  const [, partner = ""] = await settleSystems(portal.dataDir, id, [
    {
      name: "Cuti dan Kehadiran Kakitangan Jabatan",
      roles: ["Penyelia"],
      held: ["Penyelia"],
      startUri,
      from: sessionId,
    },
    { ...consented, roles: ["Ahli"], held: ["Ahli"], startUri, from: sessionId },
  ]);
  await database.query(
    "insert into consent (id, account_id, relying_party_id, scopes, given_at) values ($1, $2, $3, '{openid,profile,email}', now())",
    [randomUUID(), id, partner],
  );
  await page.goto("/home?notice=notYours");
  await shoot("home-systems");
  await page.goto("/settings/systems");
  await shoot("settings-systems");
  await page.locator("li.item", { hasText: "Portal Mitra" }).getByRole("button").click();
  await page.locator(".toast").waitFor();
  await shoot("settings-systems-ended");
  await settleSystems(portal.dataDir, id, many);
  await page.goto("/home");
  await shoot("home-systems-many");
  await page.goto("/home?q=kewangan");
  await shoot("home-systems-found");
  await page.goto("/home?q=tiada");
  await shoot("home-systems-nothing");
  await asking(walk, id);
}

async function asking(walk: Walk, accountId: string): Promise<void> {
  const { page, portal, words, shoot } = walk;
  const description = { descriptionMs: "Daftar dan semak aset jabatan", descriptionEn: "Register and check assets" };
  const [asset = ""] = await settleSystems(portal.dataDir, accountId, [
    { name: "Aset Alih", ...description, roles: ["Penerima"] },
    { name: "Kontrak", category: "Perolehan", roles: ["Penyedia"] },
  ]);
  await page.goto("/home/access");
  await shoot("home-access");
  await page.goto(`/home/access/${asset}`);
  await shoot("home-access-ask");
  await field(page, "note").fill("a".repeat(600));
  await press(page, words.launchpad.access.submit);
  await untilAlert(walk);
  await shoot("home-access-ask-wrong");
  await field(page, "note").fill("Saya mengambil alih tugas aset.\nMulai bulan ini.");
  await press(page, words.launchpad.access.submit);
  await page.locator(".toast").waitFor();
  await shoot("home-access-asked");
  await refuseRequests(
    portal.dataDir,
    accountId,
    "Tugas ini dipegang oleh Unit Aset. Sila bincang dengan penyelia anda.",
  );
  await page.goto("/home/access");
  await shoot("home-access-refused");
}
