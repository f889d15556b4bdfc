import { expect, test } from "vitest";
import { readConfig } from "../start/read-config.ts";
import { overlaid } from "./overlay.ts";

const nothing = { policy: {}, domains: {}, look: {} };

test("where nothing is chosen the configuration holds, all of it", () => {
  const configured = readConfig({ EMAIL_DOMAINS: "contoh.example.gov.my", AGENCY_LOGO: "/crest.svg" });
  expect(overlaid(configured, nothing)).toEqual(configured);
});

test("what is chosen holds over the configuration, and the rest stays", () => {
  const configured = readConfig({ PASSWORD_POLICY: "jpa", AGENCY_NAME_EN: "Before", HELPDESK_PHONE: "03-0000 1234" });
  const held = overlaid(configured, {
    policy: { passwordPolicy: "nist", registration: "closed" },
    domains: { emailDomains: ["*.gov.my"] },
    look: { nameEn: "After", colour: "ungu", crest: "digest" },
  });
  expect(held).toMatchObject({
    passwordPolicy: "nist",
    twoFactors: "owner",
    registration: "closed",
    emailDomains: ["*.gov.my"],
    agency: { nameEn: "After", helpdeskPhone: "03-0000 1234", colour: "ungu", logo: "/agency/logo?v=digest" },
  });
  expect(held).not.toHaveProperty("nameEn");
});

test("what consoles ask for is the higher of the two, also where the operator raised it later", () => {
  const chosen = (consoleAssurance: "aal2" | "aal2-phr") => ({ ...nothing, policy: { consoleAssurance } });
  const least = (level: string) => readConfig({ CONSOLE_ASSURANCE: level });
  expect(overlaid(least("aal2"), chosen("aal2-phr")).consoleAssurance).toBe("aal2-phr");
  expect(overlaid(least("aal2-phr"), chosen("aal2")).consoleAssurance).toBe("aal2-phr");
  expect(overlaid(least("aal2"), chosen("aal2")).consoleAssurance).toBe("aal2");
});
