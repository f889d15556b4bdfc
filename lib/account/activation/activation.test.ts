import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { activationLink } from "#db/schema/account.ts";
import { passwordCredential, passwordThrottle, securityAnswer } from "#db/schema/authenticators.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { device } from "#db/schema/session.ts";
import { verifySecret } from "#lib/authenticators/hashing.ts";
import { lastFour } from "#lib/kernel/identity-number.ts";
import { mailedCode } from "#lib/kernel/mailed-secrets.ts";
import { after, days, minutes, seconds } from "#lib/kernel/time.ts";
import { answerAll, askForLink, beginActivation, exampleAnswers, newestLink } from "#lib/testing/activation.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { currentActivation, viewActivationLink } from "./activation.ts";
import { addSecurityAnswer, removeSecurityAnswer } from "./answer-security-question.ts";
import { confirmActivationLink } from "./confirm-activation-link.ts";
import { finishActivation } from "./finish-activation.ts";
import { openActivationByCode } from "./open-activation-by-code.ts";

const PASSWORD = "Hujan-di-Tepi-Sungai-9";

async function someone(status: "registered" | "pre_registered" = "registered") {
  const world = await newWorld();
  const owner = await world.account({ status });
  return { world, owner, ctx: world.ctx, deliver: () => drainMail(world.ctx) };
}

describe("asking for an activation link", () => {
  test("of six requests at once one is mailed", async () => {
    const { world, owner, ctx } = await someone();
    await Promise.all(Array.from({ length: 6 }, () => askForLink(ctx, owner.identity)));
    expect(await world.mails()).toHaveLength(1);
  });

  test("five an hour are mailed, and a browser the account knows has five of its own", async () => {
    const { world, owner, ctx } = await someone();
    for (let i = 0; i < 8; i++) {
      await askForLink(ctx, owner.identity);
      world.moveClock(minutes(2));
    }
    expect(await world.mails()).toHaveLength(5);
    const { rememberBrowser } = await import("../browser.ts");
    const known = world.asBrowser({ deviceToken: "known" });
    await world.db.transaction((tx) => rememberBrowser(tx, known, owner.id, "registered"));
    await askForLink(known, owner.identity);
    expect(await world.mails()).toHaveLength(6);
  });

  test.each(["activated", "locked", "suspended", "closed"] as const)(
    "nothing is mailed for an account that is %s, and the trail says why",
    async (status) => {
      const world = await newWorld();
      const owner = await world.account({ status });
      await askForLink(world.ctx, owner.identity);
      expect(await world.mails()).toEqual([]);
      expect(await world.events("activation_link.refused")).toHaveLength(1);
    },
  );

  test("before the day the agency opens it nothing is mailed", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "pre_registered", opensAt: after(world.now(), days(1)) });
    await askForLink(world.ctx, owner.identity);
    expect(await world.mails()).toEqual([]);
    world.moveClock(days(1));
    await askForLink(world.ctx, owner.identity);
    expect(await world.mails()).toHaveLength(1);
  });
});

describe("an activation link", () => {
  test("lives thirty minutes from its hand-over, not from the request", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForLink(ctx, owner.identity);
    world.moveClock(minutes(20));
    await deliver();
    const { token } = await newestLink(ctx, owner);
    world.moveClock(seconds(30 * 60 - 1));
    expect((await viewActivationLink(ctx, token)).ok).toBe(true);
    world.moveClock(seconds(1));
    expect(await viewActivationLink(ctx, token)).toEqual({ ok: false, error: "expired" });
    expect(await confirmActivationLink(ctx, token, lastFour(owner.identity))).toEqual({ ok: false, error: "expired" });
  });

  test("changes nothing when it is opened, however often", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForLink(ctx, owner.identity);
    await deliver();
    const before = [await world.reload(owner), await newestLink(ctx, owner), (await world.events()).length];
    for (let i = 0; i < 5; i++) await viewActivationLink(ctx, (await newestLink(ctx, owner)).token);
    expect([await world.reload(owner), await newestLink(ctx, owner), (await world.events()).length]).toEqual(before);
  });

  test("shows the masked number, never the whole", async () => {
    const { owner, ctx, deliver } = await someone();
    await askForLink(ctx, owner.identity);
    await deliver();
    const link = await viewActivationLink(ctx, (await newestLink(ctx, owner)).token);
    expect(JSON.stringify(link)).toContain("••••");
    expect(JSON.stringify(link)).not.toContain(owner.identity.number);
  });

  test("takes five wrong fours and then the right one no more", async () => {
    const { world, owner, ctx, deliver } = await someone();
    await askForLink(ctx, owner.identity);
    await deliver();
    const { token } = await newestLink(ctx, owner);
    const tries = await Promise.all(Array.from({ length: 8 }, () => confirmActivationLink(ctx, token, "9999")));
    expect(tries.filter((one) => !one.ok && one.error === "identity_mismatch")).toHaveLength(4);
    expect(await confirmActivationLink(ctx, token, lastFour(owner.identity))).toEqual({
      ok: false,
      error: "identity_tries_used",
    });
    expect(await world.reload(owner)).toMatchObject({ status: "registered", officialEmailVerifiedAt: null });
    expect(await world.events("activation.refused")).toHaveLength(5);
  });

  test("verifies the mailbox when it is confirmed, once", async () => {
    const { world, owner, ctx, deliver } = await someone("pre_registered");
    const { link } = await beginActivation(ctx, owner, deliver);
    await confirmActivationLink(ctx, link.token, lastFour(owner.identity));
    expect(await world.reload(owner)).toMatchObject({ status: "email_verified", officialEmailVerifiedAt: world.now() });
    expect(await world.events("account.email_verified")).toHaveLength(1);
  });

  test("shows that letters arrive there, though one came back as full", async () => {
    const { world, owner, ctx, deliver } = await someone("pre_registered");
    const mailbox = owner.officialEmail;
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox, why: "mailbox_full", isFinal: false, since: world.now() });
    await beginActivation(ctx, owner, deliver);
    expect(await world.db.select().from(undeliverableMailbox)).toEqual([]);
  });

  test.each(["", "x", "unknown", "a".repeat(43), "'; drop table account; --"])(
    "that was never mailed (%j) is unknown",
    async (token) => {
      const { ctx } = await someone();
      expect(await viewActivationLink(ctx, token)).toEqual({ ok: false, error: "unknown" });
    },
  );
});

describe("the typed code", () => {
  async function mailed() {
    const begun = await someone();
    await askForLink(begun.ctx, begun.owner.identity);
    await begun.deliver();
    const link = await newestLink(begun.ctx, begun.owner);
    return { ...begun, link, code: mailedCode(begun.ctx.keys, "activation", link.id) };
  }

  test("leads to the very link it was mailed with", async () => {
    const { ctx, owner, link, code } = await mailed();
    expect(await openActivationByCode(ctx, owner.identity, code)).toEqual({ ok: true, value: { token: link.token } });
  });

  test("of two hundred parallel guesses five are looked at, and the link still works", async () => {
    const { world, ctx, owner, link, code } = await mailed();
    const wrong = code === "00000000" ? "11111111" : "00000000";
    const from = (i: number) => world.asBrowser({ ip: `198.51.100.${i}` });
    const guesses = await Promise.all(
      Array.from({ length: 200 }, (_, i) => openActivationByCode(from(i), owner.identity, wrong)),
    );
    expect(guesses.every(({ ok }) => !ok)).toBe(true);
    const reasons = (await world.events("activation.refused")).map(({ data }) => (data as { reason: string }).reason);
    expect(reasons.filter((reason) => reason === "code_mismatch")).toHaveLength(5);
    expect(await openActivationByCode(ctx, owner.identity, code)).toEqual({ ok: false, error: "code_mismatch" });
    expect((await viewActivationLink(ctx, link.token)).ok).toBe(true);
  });

  test("of a letter in hand goes on working while a newer letter waits to be handed over", async () => {
    const { world, ctx, owner, link, code } = await mailed();
    world.moveClock(minutes(2));
    await askForLink(ctx, owner.identity);
    expect(await openActivationByCode(ctx, owner.identity, code)).toEqual({ ok: true, value: { token: link.token } });
  });

  test("is not looked at for a number any more after ten wrong ones, over all its letters", async () => {
    const { world, ctx, owner, code } = await mailed();
    const from = (i: number) => world.asBrowser({ ip: `198.51.100.${i}` });
    for (let i = 0; i < 5; i++)
      await openActivationByCode(from(i), owner.identity, code === "00000000" ? "11111111" : "00000000");
    world.moveClock(minutes(2));
    await askForLink(ctx, owner.identity);
    await drainMail(ctx);
    const second = await newestLink(ctx, owner);
    for (let i = 5; i < 10; i++) await openActivationByCode(from(i), owner.identity, "22222222");
    expect(
      await openActivationByCode(from(10), owner.identity, mailedCode(ctx.keys, "activation", second.id)),
    ).toMatchObject({
      ok: false,
    });
  });

  test("and the last four are tried twenty times a minute from one address, whoever they are for", async () => {
    const { world, ctx, owner, link, code } = await mailed();
    const strangers = Array.from({ length: 30 }, (_, i) => fixtureIdentity(5_000 + i));
    const guesses = await Promise.all(strangers.map((identity) => openActivationByCode(ctx, identity, "12345678")));
    expect(guesses.filter((one) => !one.ok && one.error === "too_many")).toHaveLength(10);
    expect(await openActivationByCode(ctx, owner.identity, code)).toMatchObject({ ok: false, error: "too_many" });
    expect(await confirmActivationLink(ctx, link.token, lastFour(owner.identity))).toMatchObject({
      ok: false,
      error: "too_many",
    });
    world.moveClock(minutes(1));
    expect(await openActivationByCode(ctx, owner.identity, code)).toMatchObject({ ok: true });
  });

  test("answers for a number nobody has as it does for a wrong code", async () => {
    const { ctx } = await mailed();
    expect(await openActivationByCode(ctx, { type: "mykad", number: "650505050000" }, "12345678")).toEqual({
      ok: false,
      error: "code_mismatch",
    });
  });
});

describe("the questions", () => {
  test("are three different ones with three different answers", async () => {
    const { ctx, owner, deliver } = await someone();
    const { ceremonyToken } = await beginActivation(ctx, owner, deliver);
    const add = (questionId: string, answer: string) => addSecurityAnswer(ctx, ceremonyToken, questionId, answer);
    expect(await add("mother_name", "Kamariah")).toEqual({ ok: true, value: null });
    expect(await add("mother_name", "Zaleha")).toEqual({ ok: false, error: "question_taken" });
    expect(await add("first_school", "  KAMARIAH ")).toEqual({ ok: false, error: "answer_repeated" });
    expect(await add("first_school", "tiada")).toEqual({ ok: false, error: "answer_trivial" });
    expect(await add("no_such_question", "Kuala Contoh")).toEqual({ ok: false, error: "question_unknown" });
    expect(await add("first_school", "Sekolah Seri Contoh")).toMatchObject({ ok: true });
    expect(await add("first_car", "Proton Iswara merah")).toMatchObject({ ok: true });
    expect(await add("childhood_friend", "Rokiah")).toMatchObject({ ok: false });
    await removeSecurityAnswer(ctx, ceremonyToken, "first_car");
    const now = await currentActivation(ctx, ceremonyToken);
    expect(now.ok && now.value.answered.map(({ questionId }) => questionId)).toEqual(["mother_name", "first_school"]);
  });

  test("added by two tabs at once are never more than three", async () => {
    const { ctx, owner, deliver } = await someone();
    const { ceremonyToken } = await beginActivation(ctx, owner, deliver);
    const { offeredQuestions } = await import("#lib/authenticators/security-questions/choose-questions.ts");
    const bank = await offeredQuestions(ctx);
    expect(bank.length).toBeGreaterThanOrEqual(12);
    await Promise.all(
      bank.map(({ id }, i) =>
        addSecurityAnswer(ctx, ceremonyToken, id, `Jawapan Rekaan ${i} ${String.fromCharCode(98 + i)}elok`),
      ),
    );
    const now = await currentActivation(ctx, ceremonyToken);
    expect(now.ok && now.value.answered).toHaveLength(3);
  });

  test("added by two tabs at once have different answers all the same", async () => {
    const { ctx, owner, deliver } = await someone();
    const { ceremonyToken } = await beginActivation(ctx, owner, deliver);
    const both = await Promise.all(
      ["mother_name", "first_school"].map((id) => addSecurityAnswer(ctx, ceremonyToken, id, "Seri Contoh Rekaan")),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, error: "answer_repeated" });
  });

  test("stay where one stopped when the same link is opened in another browser, and are gone with another link", async () => {
    const { world, ctx, owner, deliver } = await someone();
    const { link, ceremonyToken } = await beginActivation(ctx, owner, deliver);
    await addSecurityAnswer(ctx, ceremonyToken, "mother_name", "Kamariah");
    const elsewhere = await confirmActivationLink(
      world.asBrowser({ deviceToken: "phone" }),
      link.token,
      lastFour(owner.identity),
    );
    const there = elsewhere.ok ? await currentActivation(ctx, elsewhere.value.ceremonyToken) : null;
    expect(there?.ok && there.value.answered).toHaveLength(1);

    world.moveClock(minutes(31));
    const again = await beginActivation(ctx, owner, deliver);
    const anew = await currentActivation(ctx, again.ceremonyToken);
    expect(anew.ok && anew.value.answered).toHaveLength(0);
  });
});

describe("Selesai", () => {
  async function ready() {
    const begun = await someone();
    const { link, ceremonyToken } = await beginActivation(begun.ctx, begun.owner, begun.deliver);
    await answerAll(begun.ctx, ceremonyToken);
    return { ...begun, link, ceremonyToken };
  }

  test("activates the account with its questions, its password and a letter", async () => {
    const { world, ctx, owner, ceremonyToken, link } = await ready();
    expect(await finishActivation(ctx, ceremonyToken, PASSWORD)).toEqual({ ok: true, value: null });
    expect(await world.reload(owner)).toMatchObject({ status: "activated", activatedAt: world.now() });
    expect(await world.db.select().from(securityAnswer).where(eq(securityAnswer.accountId, owner.id))).toHaveLength(
      exampleAnswers.length,
    );
    expect((await world.mails()).filter(({ kind }) => kind === "account_activated")).toMatchObject([
      { to: owner.officialEmail },
    ]);
    expect(await viewActivationLink(ctx, link.token)).toEqual({ ok: false, error: "used" });
  });

  test("wipes out what others guessed before there was a password, and knows the browser it was done in", async () => {
    const { world, owner, ceremonyToken } = await ready();
    const row = await world.reload(owner);
    await world.db.insert(passwordThrottle).values({
      identityIndex: row.identityIndex,
      browser: "unknown",
      failures: 100,
      allowed: false,
      lastTriedAt: world.now(),
    });
    await finishActivation(world.asBrowser({ deviceToken: "the owner's" }), ceremonyToken, PASSWORD);
    expect(await world.db.select().from(passwordThrottle)).toEqual([]);
    expect(await world.db.select().from(device)).toMatchObject([{ accountId: owner.id, signedInAt: world.now() }]);
  });

  test("keeps the language it was done in, for the letters to come", async () => {
    const { world, owner, ceremonyToken } = await ready();
    await finishActivation(world.asBrowser({ language: "en" }), ceremonyToken, PASSWORD);
    expect(await world.reload(owner)).toMatchObject({ language: "en" });
  });

  test("can be reached though somebody asks for newer letters meanwhile", async () => {
    const { world, ctx, owner, deliver, ceremonyToken } = await ready();
    world.moveClock(minutes(2));
    await askForLink(ctx, owner.identity);
    await deliver();
    expect(await finishActivation(ctx, ceremonyToken, PASSWORD)).toMatchObject({ ok: true });
  });

  test("posted fifty times at once, each with a password of its own, succeeds once, and that password is the one that works", async () => {
    const { world, ctx, owner, ceremonyToken } = await ready();
    const passwords = Array.from({ length: 50 }, (_, i) => `Sungai-Perak-Nombor-${i}-Besar`);
    const answers = await Promise.all(passwords.map((password) => finishActivation(ctx, ceremonyToken, password)));
    const winners = passwords.filter((_, i) => answers[i]?.ok);
    expect(winners).toHaveLength(1);
    const [credential] = await world.db
      .select()
      .from(passwordCredential)
      .where(eq(passwordCredential.accountId, owner.id));
    expect(await verifySecret(credential?.hash ?? "", winners[0] ?? "")).toEqual({ ok: true, value: true });
    expect(await world.events("account.activated")).toHaveLength(1);
    expect(
      answers
        .filter((answer) => !answer.ok)
        .every((answer) => !answer.ok && (answer.error === "used" || answer.error === "busy")),
    ).toBe(true);
  });

  test("through two links of one account at once succeeds once", async () => {
    const { world, ctx, owner, deliver, ceremonyToken } = await ready();
    world.moveClock(minutes(2));
    const second = await beginActivation(ctx, owner, deliver);
    await answerAll(ctx, second.ceremonyToken);
    const answers = await Promise.all([
      finishActivation(ctx, ceremonyToken, PASSWORD),
      finishActivation(ctx, second.ceremonyToken, `${PASSWORD}-dua`),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("account.activated")).toHaveLength(1);
  });

  test("needs three questions, a good password, and time left", async () => {
    const { world, ctx, owner, deliver } = await someone();
    const { ceremonyToken } = await beginActivation(ctx, owner, deliver);
    expect(await finishActivation(ctx, ceremonyToken, PASSWORD)).toEqual({ ok: false, error: "questions_missing" });
    await answerAll(ctx, ceremonyToken);
    expect(await finishActivation(ctx, ceremonyToken, "Pendek-1")).toEqual({ ok: false, error: "password_length_jpa" });
    expect(await finishActivation(ctx, ceremonyToken, "Kata-Laluan-123!")).toEqual({
      ok: false,
      error: "password_common",
    });
    world.moveClock(minutes(30));
    expect(await finishActivation(ctx, ceremonyToken, PASSWORD)).toEqual({ ok: false, error: "expired" });
    expect(await world.reload(owner)).toMatchObject({ status: "email_verified" });
  });

  test("keeps to the agency's longer policy where that was chosen", async () => {
    const world = await newWorld({ policy: { passwordPolicy: "nist" } });
    const owner = await world.account({ status: "registered" });
    const { ceremonyToken } = await beginActivation(world.ctx, owner, () => drainMail(world.ctx));
    await answerAll(world.ctx, ceremonyToken);
    expect(await finishActivation(world.ctx, ceremonyToken, "Hujan-Sungai-9")).toEqual({
      ok: false,
      error: "password_length_nist",
    });
    expect(await finishActivation(world.ctx, ceremonyToken, "hujan di tepi sungai")).toEqual({ ok: true, value: null });
  });

  test("may come after the link's own thirty minutes, within the ceremony's", async () => {
    const { world, ctx, owner, deliver } = await someone();
    await askForLink(ctx, owner.identity);
    await deliver();
    const { token } = await newestLink(ctx, owner);
    world.moveClock(minutes(29));
    const confirmed = await confirmActivationLink(ctx, token, lastFour(owner.identity));
    if (!confirmed.ok) throw new Error(confirmed.error);
    world.moveClock(minutes(20));
    await answerAll(ctx, confirmed.value.ceremonyToken);
    expect(await finishActivation(ctx, confirmed.value.ceremonyToken, PASSWORD)).toMatchObject({ ok: true });
  });

  test("leaves an account that was suspended meanwhile as it is", async () => {
    const { world, ctx, owner, ceremonyToken } = await ready();
    const { account } = await import("#db/schema/account.ts");
    await world.db
      .update(account)
      .set({ status: "suspended", suspendedFrom: "email_verified" })
      .where(eq(account.id, owner.id));
    expect(await finishActivation(ctx, ceremonyToken, PASSWORD)).toMatchObject({ ok: false });
    expect(await world.reload(owner)).toMatchObject({ status: "suspended" });
    expect(await world.db.select().from(passwordCredential)).toEqual([]);
    expect((await world.db.select().from(activationLink))[0]?.consumedAt).toBeNull();
  });
});
