import { settleCampaign } from "../harness/campaigns.ts";
import { enrolPeople } from "../harness/enrol-people.ts";
import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { somebody, type Walk } from "./walk.ts";

/** Somebody whose office moves to Roaming OTP, from the first look to having moved; and somebody whom nothing moves. */
export async function movePictures({ page, portal, database, shoot }: Walk): Promise<void> {
  const [id = "", other = ""] = await settlePeople(portal.dataDir, [somebody(), somebody()], "activated");
  const at = { context: page.context(), database, origin: portal.origin };
  await openSessionOf(other, ["password"], at);
  await page.goto("/home/move");
  await shoot("move-none");

  await settleCampaign(portal.dataDir, [{ id }], {
    requirements: ["official_email", "personal_email", "mobile", "office_address", "second_factor", "ap_confirmation"],
    tokens: [`4DF21C0E${id.slice(0, 4).toUpperCase()}`],
  });
  await openSessionOf(id, ["password"], at);
  await page.goto("/home");
  await shoot("home-move");
  await page.goto("/home/move");
  await shoot("move");
  await page.goto("/home/move/do/mobile");
  await shoot("move-item");

  await database.query(
    `update account set mobile_sealed = 'sealed', personal_email = 'peribadi@rumah.example', personal_email_verified_at = now() where id = $1`,
    [id],
  );
  await enrolPeople(portal, [id], "totp");
  await page.goto("/home");
  await shoot("home-move-waiting");
  await page.goto("/home/move");
  await shoot("move-waiting");
  const theirs = "id in (select campaign_id from campaign_person where account_id = $1)";
  await database.query(
    `update campaign set requirements = '{official_email,mobile,second_factor}', state = 'announced' where ${theirs}`,
    [id],
  );
  await page.goto("/home");
  await shoot("home-move-ready");
  await database.query(`update campaign set state = 'running' where ${theirs}`, [id]);
  await page.goto("/home");
  await shoot("home-move-hand-back");
  await page.goto("/home/move");
  await shoot("move-hand-back");
  await database.query("update hardware_token set state = 'returned' where holder_id = $1", [id]);
  await page.goto("/home");
  await shoot("home-move-done");
  await page.goto("/home/move");
  await shoot("move-done");
}
