import path from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "./read-config.ts";
import { StartRefused } from "./start-refused.ts";

const production = {
  DATABASE_URL: "postgres://kunci_app:secret@db.contoh.example.gov.my/kunci",
  ORIGIN: "https://kunci.contoh.example.gov.my",
  SMTP_URL: "smtp://mail.contoh.example.gov.my",
  KUNCI_KEYS_FILE: "/run/secrets/keys.json",
};

function problems(env: Record<string, string>, who?: "operator"): readonly string[] {
  try {
    readConfig(env, who);
    return [];
  } catch (fault) {
    if (fault instanceof StartRefused) return fault.lines;
    throw fault;
  }
}

describe("the mode", () => {
  test("is a demonstration on loopback where nothing is set", () => {
    expect(readConfig({})).toMatchObject({
      mode: "demo",
      origin: "http://localhost:3000",
      hosts: ["127.0.0.1", "::1"],
      databaseUrl: null,
      emailDomains: ["contoh.example.gov.my"],
      worker: true,
      trustedProxies: [],
      passwordPolicy: "jpa",
    });
  });

  test("is production where a database is set, and says otherwise only where it is told to", () => {
    expect(readConfig(production)).toMatchObject({ mode: "production", hosts: ["::"], consoleAssurance: "aal2-phr" });
    expect(readConfig({ ...production, KUNCI_MODE: "demo", ORIGIN: "" })).toMatchObject({
      mode: "demo",
      hosts: ["127.0.0.1", "::1"],
    });
  });
});

describe("production is refused, in one line that names the variable,", () => {
  test.each([
    ["DATABASE_URL", { KUNCI_MODE: "production" }],
    ["ORIGIN", {}],
    ["SMTP_URL", {}],
    ["KUNCI_KEYS", {}],
  ])("without %s", (name, more) => {
    const env: Record<string, string> = { ...production, ...more };
    delete env[name];
    if (name === "KUNCI_KEYS") delete env.KUNCI_KEYS_FILE;
    const told = problems(env);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(name);
  });

  test("on an http origin", () => {
    expect(problems({ ...production, ORIGIN: "http://kunci.contoh.example.gov.my" })).toEqual([
      expect.stringContaining("https://"),
    ]);
  });

  test("with everything that is missing told at once", () => {
    expect(problems({ KUNCI_MODE: "production" })).toHaveLength(4);
  });

  test("but an operator's command asks for no more than it uses", () => {
    expect(problems({ DATABASE_URL: production.DATABASE_URL }, "operator")).toEqual([]);
  });
});

describe("a wrong value is told by the name of its variable", () => {
  test.each([
    { KUNCI_MODE: "staging" },
    { PORT: "http" },
    { PORT: "70000" },
    { ORIGIN: "kunci.contoh.example.gov.my" },
    { ORIGIN: "http://localhost:3000/portal" },
    { DATABASE_URL: "mysql://kunci" },
    { DATABASE_OWNER_URL: "not an address" },
    { EMAIL_DOMAINS: "contoh.example.gov.my, @gov.my" },
    { TRUSTED_PROXIES: "10.0.0.0/33" },
    { TRUSTED_PROXIES: "proxy.local" },
    { RELYING_PARTY_NETWORKS: "10.20.0.0/16, cuti.local" },
    { PASSWORD_POLICY: "strict" },
    { CONSOLE_ASSURANCE: "aal3" },
    { WORKER: "yes" },
    { LOG_LEVEL: "loud" },
    { MAIL_FROM: "nobody" },
    { SMTP_URL: "mail.contoh.example.gov.my" },
    { AGENCY_LOGO: "https://elsewhere.example/crest.svg" },
    { GOOGLE_CLIENT_ID: "alone" },
    { GOOGLE_ISSUER: "http://accounts.example.gov.my" },
  ])("%j", (wrong) => {
    const told = problems({ KUNCI_MODE: "demo", ...wrong } as Record<string, string>);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(Object.keys(wrong)[0]);
  });

  test("but a trial's issuer on this machine may do without TLS, in a demonstration only", () => {
    const google = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret", GOOGLE_ISSUER: "http://127.0.0.1:4000" };
    expect(readConfig({ KUNCI_MODE: "demo", ...google }).google?.issuer).toBe("http://127.0.0.1:4000");
    expect(problems({ ...production, ...google })).toEqual([expect.stringContaining("GOOGLE_ISSUER")]);
  });

  test("and an address is never shown, since it may hold a password", () => {
    expect(problems({ KUNCI_MODE: "demo", DATABASE_URL: "mysql://kunci:secret@db" }).join()).not.toContain("secret");
  });

  test.each([
    ["RESEND_API_KEY", { RESEND_API_KEY: "re_1", SMTP_URL: "smtp://mail" }],
    ["KUNCI_KEYS_FILE", { KUNCI_KEYS: "{}", KUNCI_KEYS_FILE: "keys.json" }],
  ])("two of a kind: %s", (name, both) => {
    expect(problems(both)).toEqual([expect.stringContaining(name)]);
  });
});

test("the secret of Resend's events is one of theirs, and the folder of bounces is read from where the portal runs", () => {
  const resend = { RESEND_API_KEY: "re_1", RESEND_WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
  expect(readConfig(resend).mail.resend?.webhookSecret).toBe(resend.RESEND_WEBHOOK_SECRET);
  expect(problems({ ...resend, RESEND_WEBHOOK_SECRET: "secret" })).toEqual([
    expect.stringContaining("RESEND_WEBHOOK_SECRET"),
  ]);
  expect(readConfig({ BOUNCE_MAILDIR: "bounces" }).mail.bounceMaildir).toBe(path.resolve("bounces"));
});

test("a name that is set but empty counts as not set", () => {
  expect(readConfig({ DATABASE_URL: "", ORIGIN: " ", PORT: "", SMTP_URL: "" })).toMatchObject({
    mode: "demo",
    port: 3000,
  });
});

test("an address of several lines is written in one", () => {
  expect(readConfig({ AGENCY_ADDRESS: "Aras 3\\n00000 Bandar Contoh" }).agency.address).toBe(
    "Aras 3\n00000 Bandar Contoh",
  );
});
