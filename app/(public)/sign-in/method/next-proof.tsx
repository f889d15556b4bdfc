import { redirect } from "next/navigation";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { levelToOpen } from "#lib/assurance/policy.ts";
import type { Context } from "#lib/kernel/context.ts";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { type Way, whatCompletes } from "#lib/sign-in/what-completes.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ForSystem } from "../for-system.tsx";
import { signInDoors } from "../method-card.tsx";
import { NotSure } from "../not-sure.tsx";
import { Part } from "../part.tsx";
import { WayCards } from "../way-cards.tsx";

/** Where the only way on is, if it has a page of its own. */
const straightTo: Partial<Record<Way, string>> = {
  totp: "/sign-in/code?method=totp",
  password: "/sign-in/password",
};

type Props = {
  ctx: Context;
  ceremonyToken: string;
  /** The person asked for the other ways: the only one is shown, instead of opened at once. */
  asked: boolean;
};

/** A first proof was right, so it is known by now whose sign-in this is: only what the account has and still needs. */
export async function NextProof({ ctx, ceremonyToken, asked }: Props) {
  const [t, attempt] = await Promise.all([getTranslations("method.next"), openAttempt(ctx, ceremonyToken)]);
  if (!attempt) redirect("/sign-in?notice=startAgain");
  const level = levelToOpen(attempt.required, attempt.enrolled, ctx.policy);
  const ways = whatCompletes(attempt.proofs, attempt.enrolled, level);
  const [only, ...more] = ways.filter((way) => way !== "recovery_code");
  const straight = only && more.length === 0 && straightTo[only];
  if (straight && !asked) redirect(straight);
  if (ways.length === 0) return <NoWayOn returnTo={attempt.returnTo} />;
  return (
    <SignInPanel wide under={<NotSure />}>
      <ForSystem returnTo={attempt.returnTo} />
      <Part isSecond />
      <h1>{t("heading")}</h1>
      <p className="lead">{t("lead")}</p>
      <WayCards ways={ways} doors={signInDoors} recommend />
      <p>{t.rich("lost", { a: (words) => <a href="/recover/second-factor">{words}</a> })}</p>
    </SignInPanel>
  );
}

async function NoWayOn({ returnTo }: { returnTo: string | null }) {
  const t = await getTranslations("method.next");
  const { helpdeskPhone } = config().agency;
  return (
    <SignInPanel>
      <h1>{t("none")}</h1>
      <p className="lead">
        {t.rich("noneLead", {
          number: helpdeskPhone,
          phone: (words) => (
            <a className="nowrap" href={telephoneHref(helpdeskPhone)}>
              {words}
            </a>
          ),
        })}
      </p>
      <div className="actions">
        <LinkButton block href="/recover/second-factor">
          {t("noneDo")}
        </LinkButton>
        <LinkButton block variant="second" href={signInPath(returnTo)}>
          {t("startAgain")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
