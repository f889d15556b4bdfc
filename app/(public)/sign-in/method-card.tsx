import { getLocale } from "next-intl/server";
import { MethodSubmit } from "#components/form/method-submit.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { MethodDoor, type MethodLook } from "#components/ui/method-card.tsx";
import type { Method } from "#lib/sign-in/methods.ts";
import { messages } from "#lib/text/messages.ts";
import { askForEmailCode } from "./code/email-actions.ts";
import { PasskeyCard } from "./passkey-card.tsx";

/** What a card can stand for: one of the five, or a recovery code where somebody is known by now. */
export type Card = Method | "recovery";

/** The pages that ask for what is typed. */
export type Doors = Record<"password" | "totp" | "recovery", { to: string; query?: Record<string, string> }>;

export const signInDoors: Doors = {
  password: { to: "/sign-in/password" },
  totp: { to: "/sign-in/code", query: { method: "totp" } },
  recovery: { to: "/sign-in/code", query: { method: "recovery" } },
};

const icons: Record<Card, IconName> = {
  passkey: "fingerprint",
  otherDevice: "other-device",
  password: "password",
  totp: "otp-app",
  email: "otp-mail",
  recovery: "key",
};

type Props = { method: Card; badge?: string | undefined; doors: Doors };

/** One way to prove oneself, as a card to press. */
export async function MethodCard({ method, badge, doors }: Props) {
  const { method: words } = messages[await getLocale()];
  const look: MethodLook = { ...words.ways[method], icon: icons[method], badge };
  switch (method) {
    case "passkey":
    case "otherDevice":
      return <PasskeyCard method={method} look={look} />;
    case "email":
      return (
        <form action={askForEmailCode}>
          <MethodSubmit {...look} busy={words.emailBusy} />
        </form>
      );
    default:
      return <MethodDoor {...look} {...doors[method]} />;
  }
}
