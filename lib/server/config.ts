import type { Colour } from "#lib/administration/look/colours.ts";
import { readConfig } from "./start/read-config.ts";

export type Mode = "demo" | "production";

export type Config = {
  mode: Mode;
  /** `https://kunci.agency.gov.my`: where people reach the portal, whatever a request says. */
  origin: string;
  /** The address it listens on; the demonstration keeps to this machine. */
  hosts: readonly string[];
  port: number;
  /** What the application connects with; null until the embedded database is up. */
  databaseUrl: string | null;
  /** The owner's, for migrations; null where somebody else migrates. */
  ownerUrl: string | null;
  dataDir: string;
  /** One of the two at most. In demo mode both may be absent: keys are made in the data folder. */
  keysJson: string | null;
  keysFile: string | null;
  agency: {
    nameMs: string;
    nameEn: string;
    address: string;
    /** A path of this portal. */
    logo?: string;
    helpdeskPhone: string;
    helpdeskEmail: string;
    /** Of buttons and links, among those that were checked for contrast. */
    colour: Colour;
  };
  emailDomains: readonly string[];
  passwordPolicy: "jpa" | "nist";
  /**
   * Who decides on two factors at every sign-in: the owner of the account, or the agency for everybody that has a
   * second one.
   */
  twoFactors: "owner" | "always";
  /** The domain that passkeys belong to: the host of the origin, or one above it. */
  passkeyRpId: string;
  /** Whether people may register themselves: administrators may close it. */
  registration: "open" | "closed";
  consoleAssurance: "aal2" | "aal2-phr";
  mail: {
    from: string;
    resend?: { apiKey: string; baseUrl?: string; webhookSecret?: string };
    smtpUrl?: string;
    /** A Maildir that letters which came back lie in, absolute. */
    bounceMaildir?: string;
    /** Letters a minute that go out in bulk. */
    perMinute: number;
  };
  google?: { clientId: string; clientSecret: string; issuer: string };
  trustedProxies: readonly string[];
  /** Networks that are nobody else's, where systems may be called all the same: CIDRs. */
  relyingPartyNetworks: readonly string[];
  /** Whether this instance works on the queues. */
  worker: boolean;
  logLevel: LogLevel;
  metricsToken?: string;
  /** Where an OpenTelemetry collector takes traces over OTLP, and which part of them (0 to 1) it is given. */
  traces?: { endpoint: string; share: number };
  version: string;
};

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

const memory = globalThis as { kunciConfigured?: Config; kunciConfig?: Config };

/**
 * What the portal goes by: the configuration, with what administrators have chosen over it. Throws `StartRefused`, which
 * names every variable that is wrong.
 */
export const config = (): Config => memory.kunciConfig ?? configured();

/** What the environment alone says, read once. */
export function configured(): Config {
  memory.kunciConfigured ??= readConfig(process.env);
  return memory.kunciConfigured;
}

/** The launcher fills in the address of the embedded database. */
export function settle(settled: Config): Config {
  memory.kunciConfigured = settled;
  delete memory.kunciConfig;
  return settled;
}

/** From now on the portal goes by the configuration as it is changed so. */
export function overlay(change: (configured: Config) => Config): void {
  memory.kunciConfig = change(configured());
}

/** The agency's names and addresses as they are whenever somebody reads them: for what lives as long as the process. */
export const agencyNow: Config["agency"] = {
  get nameMs() {
    return config().agency.nameMs;
  },
  get nameEn() {
    return config().agency.nameEn;
  },
  get address() {
    return config().agency.address;
  },
  get helpdeskPhone() {
    return config().agency.helpdeskPhone;
  },
  get helpdeskEmail() {
    return config().agency.helpdeskEmail;
  },
  get colour() {
    return config().agency.colour;
  },
};
