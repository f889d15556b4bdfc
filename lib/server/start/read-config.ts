import path from "node:path";
import { isDomainPattern, isOpenToAnybody } from "#lib/kernel/email-domain.ts";
import { isNetwork } from "#lib/kernel/networks.ts";
import { DEFAULT_MAIL_PER_MINUTE } from "#lib/staff-register/invitations/pace.ts";
import packageJson from "../../../package.json" with { type: "json" };
import type { Config, LogLevel, Mode } from "../config.ts";
import { type Reading, readEnvironment } from "./read-environment.ts";
import { StartRefused } from "./start-refused.ts";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const satisfies readonly LogLevel[];

const LOOPBACK = ["127.0.0.1", "::1"] as const;
const EVERYWHERE = ["::"] as const;
const WEBHOOK_SECRET = /^whsec_[\w+/-]{16,}={0,2}$/;

/**
 * `operator` reads for a command beside the portal, which needs no more than what it uses: what production does not
 * serve with is then not asked for.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  who: "portal" | "operator" = "portal",
): Config {
  const read = readEnvironment(env);
  const databaseUrl = read.url("DATABASE_URL", ["postgres:", "postgresql:"]) ?? null;
  const mode = read.oneOf<Mode>(
    "KUNCI_MODE",
    ["demo", "production"],
    read.optional("DATABASE_URL") ? "production" : "demo",
  );
  const port = read.wholeNumber("PORT", { from: 1, to: 65_535 }, 3000);
  const emailDomains = read
    .list(
      "EMAIL_DOMAINS",
      ["contoh.example.gov.my"],
      (item) => isDomainPattern(item.toLowerCase()) && !isOpenToAnybody(item.toLowerCase()),
      "a domain such as agency.gov.my or *.gov.my",
    )
    .map((domain) => domain.toLowerCase());
  const logo = readLogo(read);
  const google = readGoogle(read, mode);
  const origin = readOrigin(read, mode, port);
  const metricsToken = readMetricsToken(read);
  const traces = readTraces(read);
  const settled: Config = {
    mode,
    origin,
    hosts: mode === "demo" ? LOOPBACK : EVERYWHERE,
    port,
    databaseUrl,
    ownerUrl: read.url("DATABASE_OWNER_URL", ["postgres:", "postgresql:"]) ?? null,
    dataDir: path.resolve(/* turbopackIgnore: true */ read.text("KUNCI_DATA_DIR", ".data")),
    keysJson: read.optional("KUNCI_KEYS") ?? null,
    keysFile: read.optional("KUNCI_KEYS_FILE") ?? null,
    agency: {
      nameMs: read.text("AGENCY_NAME_MS", "Jabatan Perkhidmatan Contoh"),
      nameEn: read.text("AGENCY_NAME_EN", "Contoh Department of Services"),
      // Environment files hold one line, so a line break may be written as \n.
      address: read
        .text("AGENCY_ADDRESS", "Aras 3, Blok Teladan, Jalan Contoh\n00000 Bandar Contoh")
        .replaceAll("\\n", "\n"),
      ...(logo === undefined ? {} : { logo }),
      helpdeskPhone: read.text("HELPDESK_PHONE", "03-0000 1234"),
      helpdeskEmail: read.text("HELPDESK_EMAIL", "bantuan@contoh.example.gov.my"),
      colour: "nila",
    },
    emailDomains,
    passwordPolicy: read.oneOf("PASSWORD_POLICY", ["jpa", "nist"], "jpa"),
    twoFactors: read.oneOf("TWO_FACTORS", ["owner", "always"], "owner"),
    passkeyRpId: readRpId(read, origin),
    registration: "open",
    consoleAssurance: read.oneOf("CONSOLE_ASSURANCE", ["aal2", "aal2-phr"], mode === "demo" ? "aal2" : "aal2-phr"),
    mail: readMail(read, emailDomains),
    ...(google === undefined ? {} : { google }),
    trustedProxies: read.list("TRUSTED_PROXIES", [], isNetwork, "an address or a CIDR such as 10.0.0.0/8"),
    worker: read.oneOf("WORKER", ["on", "off"], "on") === "on",
    relyingPartyNetworks: read.list(
      "RELYING_PARTY_NETWORKS",
      [],
      isNetwork,
      "an address or a CIDR such as 10.20.0.0/16",
    ),
    // The demonstration's terminal is read by a person; every request would push the address and the people off the
    // screen.
    logLevel: read.oneOf("LOG_LEVEL", logLevels, mode === "demo" ? "warn" : "info"),
    ...(metricsToken === undefined ? {} : { metricsToken }),
    ...(traces === undefined ? {} : { traces }),
    version: packageJson.version,
  };
  const refusals = mode === "production" && who === "portal" ? refusedInProduction(settled) : [];
  if (settled.keysJson && settled.keysFile) read.wrong("KUNCI_KEYS and KUNCI_KEYS_FILE are both set; set one of them");
  if (read.problems.length + refusals.length > 0) throw new StartRefused([...read.problems, ...refusals]);
  return settled;
}

/** What production does not start with, a line each. What only the database can tell is refused once it is reached. */
export function refusedInProduction(settled: Config): string[] {
  const refusals = [
    [settled.databaseUrl === null, "DATABASE_URL is not set; the embedded database is for demonstrations"],
    [!settled.origin.startsWith("https://"), "ORIGIN must be set to the portal's address, beginning with https://"],
    [
      !settled.mail.resend && !settled.mail.smtpUrl,
      "RESEND_API_KEY or SMTP_URL must be set; the visible mailbox is for demonstrations",
    ],
    [
      !settled.keysJson && !settled.keysFile,
      "KUNCI_KEYS or KUNCI_KEYS_FILE must be set; production never makes its own keys",
    ],
  ] as const;
  return refusals.flatMap(([isRefused, line]) => (isRefused ? [line] : []));
}

/** 128 bits as base64url are 22 characters. Tries are not counted, as no probe is: a short one would be found. */
const SHORTEST_TOKEN = 22;

function readMetricsToken(read: Reading): string | undefined {
  const token = read.optional("METRICS_TOKEN");
  if (token !== undefined && !(token.length >= SHORTEST_TOKEN && /^\S+$/.test(token)))
    read.wrong(
      `METRICS_TOKEN must be ${SHORTEST_TOKEN} random characters or more, without spaces: openssl rand -hex 16`,
    );
  return token;
}

/** Named as OpenTelemetry names them, for every program of a deployment alike. */
function readTraces(read: Reading): Config["traces"] {
  const endpoint = read.url("OTEL_EXPORTER_OTLP_ENDPOINT", ["https:", "http:"])?.replace(/\/+$/, "");
  const share = read.optional("OTEL_TRACES_SAMPLER_ARG") ?? "1";
  if (!/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/.test(share))
    read.wrong(`OTEL_TRACES_SAMPLER_ARG is "${share}"; it must be the part of all traces to keep, from 0 to 1`);
  return endpoint === undefined ? undefined : { endpoint, share: Number(share) };
}

function readOrigin(read: Reading, mode: Mode, port: number): string {
  const value = read.url("ORIGIN", ["https:", "http:"]);
  if (value === undefined) return mode === "demo" ? `http://localhost:${port}` : "";
  const url = new URL(value);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "")
    read.wrong(`ORIGIN is "${value}"; it must be scheme, host and port alone, such as https://kunci.agency.gov.my`);
  return url.origin;
}

/**
 * A passkey of a domain works on every host below it, so the domain must be the portal's own or one above it (WebAuthn
 * L3 §5.1.3).
 */
function readRpId(read: Reading, origin: string): string {
  const host = URL.canParse(origin) ? new URL(origin).hostname : "";
  const rpId = read.text("PASSKEY_RP_ID", host).toLowerCase();
  if (rpId !== host && !(rpId.includes(".") && host.endsWith(`.${rpId}`)))
    read.wrong(`PASSKEY_RP_ID is "${rpId}"; it must be the host of ORIGIN (${host}) or a domain above it`);
  return rpId;
}

function readLogo(read: Reading): string | undefined {
  const logo = read.optional("AGENCY_LOGO");
  if (logo === undefined || /^\/[^/\\]/.test(logo)) return logo;
  read.wrong(
    `AGENCY_LOGO is "${logo}"; it must be a path of this portal such as /crest.svg (a file in public/), since pages load nothing from elsewhere`,
  );
  return undefined;
}

function readMail(read: Reading, emailDomains: readonly string[]): Config["mail"] {
  const apiKey = read.optional("RESEND_API_KEY");
  const baseUrl = read.url("RESEND_BASE_URL", ["https:", "http:"]);
  const webhookSecret = read.optional("RESEND_WEBHOOK_SECRET");
  const smtpUrl = read.url("SMTP_URL", ["smtp:", "smtps:"]);
  if (apiKey && smtpUrl)
    read.wrong("RESEND_API_KEY and SMTP_URL are both set; set the one that letters shall leave by");
  const from = read.text("MAIL_FROM", `Kunci <kunci@${emailDomains[0]?.replace("*.", "") ?? "localhost"}>`);
  if (/[\r\n]/.test(from) || !/^[^<>]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(from))
    read.wrong('MAIL_FROM is not an address such as "Kunci <kunci@agency.gov.my>"');
  if (webhookSecret && !WEBHOOK_SECRET.test(webhookSecret))
    read.wrong("RESEND_WEBHOOK_SECRET is not a signing secret of Resend's, which begins with whsec_");
  const bounceMaildir = read.optional("BOUNCE_MAILDIR");
  return {
    from,
    ...(apiKey === undefined
      ? {}
      : {
          resend: {
            apiKey,
            ...(baseUrl === undefined ? {} : { baseUrl }),
            ...(webhookSecret === undefined ? {} : { webhookSecret }),
          },
        }),
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
    perMinute: read.wholeNumber("MAIL_PER_MINUTE", { from: 1, to: 6_000 }, DEFAULT_MAIL_PER_MINUTE),
    ...(bounceMaildir === undefined ? {} : { bounceMaildir: path.resolve(/* turbopackIgnore: true */ bounceMaildir) }),
  };
}

function readGoogle(read: Reading, mode: Mode): Config["google"] {
  const clientId = read.optional("GOOGLE_CLIENT_ID");
  const clientSecret = read.optional("GOOGLE_CLIENT_SECRET");
  const issuer = read.url("GOOGLE_ISSUER", ["https:", "http:"]) ?? "https://accounts.google.com";
  // Its answers are believed because they came over TLS (OpenID Connect Core §3.1.3.7); a trial's issuer is on this
  // machine.
  if (!issuer.startsWith("https:") && !(mode === "demo" && isLoopback(new URL(issuer).hostname)))
    read.wrong(`GOOGLE_ISSUER is "${issuer}"; it must begin with https://`);
  if (clientId && clientSecret) return { clientId, clientSecret, issuer };
  if (clientId || clientSecret)
    read.wrong("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together; one of them is not set");
  return undefined;
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
