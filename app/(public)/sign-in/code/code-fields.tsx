import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import type { Context } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import type { CodeMethod } from "./code-methods.ts";
import { EmailCodeLife } from "./email-code-life.tsx";
import { CodeForm } from "./form.tsx";

export type CodeFieldsProps = {
  ctx: Context;
  method: CodeMethod;
  codeRequestedAt: Date | null;
  /** How it went when a code by email was asked for: "again" or "soon", from the page's address. */
  sent: unknown;
  /** Of the button, where it does not sign in. */
  submit?: string;
  /** The heading. */
  children: ReactNode;
};

/** Asks for one code, and says where it is found. */
export async function CodeFields({ ctx, method, codeRequestedAt, sent, submit, children }: CodeFieldsProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("signIn.code")]);
  const { form, common, signIn } = messages[language];
  const words = { ...signIn.code[method], submit: submit ?? signIn.code.submit, submitting: signIn.code.submitting };
  return (
    <CodeForm method={method} words={words} summary={{ one: form.errorOne, many: form.errorMany }}>
      {children}
      <p className="lead">
        {t.rich(`${method}.lead`, { product: common.product, b: (part) => <strong>{part}</strong> })}
      </p>
      {method === "email" && codeRequestedAt && <EmailCodeLife ctx={ctx} requestedAt={codeRequestedAt} sent={sent} />}
    </CodeForm>
  );
}
