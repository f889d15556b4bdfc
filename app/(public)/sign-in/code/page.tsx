import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { currentSignIn } from "../current-sign-in.ts";
import { ForSystem } from "../for-system.tsx";
import { Part } from "../part.tsx";
import { Who } from "../who.tsx";
import { codeMethodIn } from "./code-methods.ts";
import { CodeStep } from "./code-step.tsx";

type Asked = { searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata({ searchParams }: Asked): Promise<Metadata> {
  const [t, { method }] = await Promise.all([getTranslations("signIn.code"), searchParams]);
  return { title: t(`${codeMethodIn(method)}.title`) };
}

export default async function CodePage({ searchParams }: Asked) {
  const { method: said, sent } = await searchParams;
  const method = codeMethodIn(said);
  const onward = new URLSearchParams({ method, ...(typeof sent === "string" && { sent }) });
  const [t, { ctx, ceremony }] = await Promise.all([
    getTranslations("signIn"),
    currentSignIn({ stepUp: `/sign-in/step-up?${onward}` }),
  ]);
  const isSecond = ceremony.proofs.length > 0;
  // A recovery code alone opens nothing, and a code by email has to be asked for.
  if (method === "recovery" && !isSecond) redirect("/sign-in/method");
  if (method === "email" && !ceremony.codeRequestedAt) redirect("/sign-in/method");
  return (
    <SignInPanel
      under={
        isSecond && (
          <p>
            <a href="/recover/second-factor">{t("lost")}</a>
          </p>
        )
      }
    >
      <ForSystem returnTo={ceremony.returnTo} />
      {!isSecond && <Who {...ceremony} />}
      <CodeStep
        ctx={ctx}
        method={method}
        codeRequestedAt={ceremony.codeRequestedAt}
        sent={sent}
        elsewhere={isSecond ? "/sign-in/method?others" : "/sign-in/method"}
        recovery={isSecond && method === "totp" ? "/sign-in/code?method=recovery" : null}
      >
        <Part isSecond={isSecond} />
      </CodeStep>
    </SignInPanel>
  );
}
