import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { PROOF_LIFETIME } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import type { UnderWay } from "#lib/sign-in/current-ceremony.ts";
import type { Way } from "#lib/sign-in/what-completes.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CodeFields } from "../code/code-fields.tsx";
import { SendAgain } from "../code/send-again.tsx";
import { ForSystem } from "../for-system.tsx";
import { type Doors, MethodCard } from "../method-card.tsx";
import { PasswordStep } from "../password/password-step.tsx";
import { WayCards } from "../way-cards.tsx";
import { whyOf } from "./why.ts";

const here = "/sign-in/step-up";
const doors: Doors = {
  password: { to: here, query: { method: "password" } },
  totp: { to: here, query: { method: "totp" } },
  recovery: { to: here, query: { method: "recovery" } },
};

const names = {
  passkey: "passkey_verified",
  totp: "totp",
  password: "password",
  recovery: "recovery_code",
  email: "email_code",
} as const satisfies Record<string, Way>;

type Props = {
  ctx: Context;
  /** What is missing, the best first; never empty. */
  ways: readonly Way[];
  /** The way that was chosen, from the page's address. */
  said: unknown;
  sent: unknown;
  codeRequestedAt: Date | null;
  phrase: UnderWay["phrase"];
  /** Where one was. */
  back: string;
};

/** Opens one way at once and offers the others below it. */
export async function ProveAgain({ ctx, ways, said, sent, codeRequestedAt, phrase, back }: Props) {
  const t = await getTranslations("stepUp");
  const chosen = wayOf(said, ways, codeRequestedAt);
  const why = whyOf(back);
  const others = ways.filter((way) => way !== chosen);
  return (
    <SignInPanel
      under={
        <p>
          <a href={back}>{t("cancel")}</a>
        </p>
      }
    >
      <ForSystem returnTo={back} />
      <OneWay ctx={ctx} way={chosen} sent={sent} codeRequestedAt={codeRequestedAt} phrase={phrase}>
        <h1>{t("heading")}</h1>
        <p className="lead">
          {t(`why.${why}`)} {why !== "system" && t("lasts", { minutes: PROOF_LIFETIME / minutes(1) })}
        </p>
      </OneWay>
      {others.length > 0 && (
        <section className="elsewhere">
          <h2 className="h4">{t("others")}</h2>
          <WayCards ways={others} doors={doors} />
        </section>
      )}
    </SignInPanel>
  );
}

/**
 * The way that was asked for, where it is among those that help; else the first. A code by email has to be asked for
 * before.
 */
function wayOf(said: unknown, ways: readonly Way[], codeRequestedAt: Date | null): Way {
  const way = typeof said === "string" && Object.hasOwn(names, said) ? names[said as keyof typeof names] : null;
  const possible = ways.filter((one) => one !== "email_code" || codeRequestedAt !== null);
  return possible.find((one) => one === way) ?? ways[0] ?? "password";
}

type OneWayProps = Pick<Props, "ctx" | "sent" | "codeRequestedAt" | "phrase"> & { way: Way; children: React.ReactNode };

async function OneWay({ ctx, way, sent, codeRequestedAt, phrase, children }: OneWayProps) {
  const { signIn, stepUp } = messages[await getLocale()];
  const { submit } = stepUp;
  switch (way) {
    case "passkey_verified":
      return (
        <>
          {children}
          <WayCards ways={[way]} doors={doors} />
        </>
      );
    case "password":
      return (
        <PasswordStep phrase={phrase} submit={submit}>
          {children}
        </PasswordStep>
      );
    case "email_code":
      if (codeRequestedAt === null)
        return (
          <>
            {children}
            <ul className="methods">
              <li className="best">
                <MethodCard method="email" doors={doors} />
              </li>
            </ul>
          </>
        );
      return (
        <>
          <CodeFields ctx={ctx} method="email" codeRequestedAt={codeRequestedAt} sent={sent} submit={submit}>
            {children}
          </CodeFields>
          <SendAgain words={signIn.code.email} />
        </>
      );
    default:
      return (
        <CodeFields
          ctx={ctx}
          method={way === "totp" ? "totp" : "recovery"}
          codeRequestedAt={null}
          sent={sent}
          submit={submit}
        >
          {children}
        </CodeFields>
      );
  }
}
