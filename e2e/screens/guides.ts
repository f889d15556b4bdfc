// The pictures of the guides, cut from the real screens: one for each step, in both languages, into public/guide/.
import fs from "node:fs";
import type { Browser } from "@playwright/test";
import type pg from "pg";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { messages } from "#lib/text/messages.ts";
import type { Portal } from "../harness/portal.ts";
import { activationSteps } from "./guides/activation.ts";
import { appSteps } from "./guides/authenticator-app.ts";
import { Camera, FOLDER } from "./guides/camera.ts";
import { emailSteps } from "./guides/email-otp.ts";
import { forgotSteps } from "./guides/forgot-password.ts";
import { otherDeviceSteps, passkeySteps } from "./guides/passkeys.ts";
import { roamingSteps } from "./guides/roaming-otp.ts";

const chapters = [activationSteps, passkeySteps, otherDeviceSteps, appSteps, emailSteps, forgotSteps, roamingSteps];

export async function guidePictures(browser: Browser, portal: Portal, database: pg.Pool): Promise<void> {
  fs.rmSync(FOLDER, { recursive: true, force: true });
  const camera = new Camera();
  for (const language of ["ms", "en"] as const)
    for (const [n, chapter] of chapters.entries()) {
      // Each in a browser of its own, from an address of its own: nobody's limits, cookies or passkeys meet.
      const context = await browser.newContext({
        baseURL: portal.origin,
        viewport: { width: Camera.width, height: 1_000 },
        deviceScaleFactor: 2,
        timezoneId: "Asia/Kuala_Lumpur",
        reducedMotion: "reduce",
        colorScheme: "light",
        userAgent: WINDOWS,
        // The ring and the drawings are painted over the page.
        bypassCSP: true,
        extraHTTPHeaders: { "X-Forwarded-For": `10.78.${language === "ms" ? 1 : 2}.${n + 1}` },
      });
      await context.addCookies([{ name: LANGUAGE_COOKIE, value: language, url: portal.origin }]);
      await context.addInitScript(ableToAll);
      const page = await context.newPage();
      const take = camera.of(page, language);
      await chapter({
        page,
        take,
        words: messages[language],
        script: true,
        arrived: async () => {},
        portal,
        database,
        language,
      });
      await context.close();
    }
  camera.writeDown();
}

/** What passkeys are named after where most readers make them. */
const WINDOWS =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** The browser of the pictures has neither a fingerprint reader nor Bluetooth; those of the readers do. */
function ableToAll(): void {
  PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => true;
  PublicKeyCredential.getClientCapabilities = async () => ({ hybridTransport: true });
}
