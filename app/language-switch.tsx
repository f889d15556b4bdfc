"use client";
import type { Language } from "#lib/kernel/context.ts";
import { chooseLanguage } from "./language.ts";

/** BM and EN on every page, two buttons of one form, so that it needs no script. */
export function LanguageSwitch({ label, chosen, returnTo }: { label: string; chosen: Language; returnTo: string }) {
  return (
    <form className="lang" action={chooseLanguage} aria-label={label}>
      <input type="hidden" name="returnTo" value={returnTo} />
      <button type="submit" name="language" value="ms" lang="ms" aria-current={chosen === "ms" ? "true" : undefined}>
        <span className="sr">Bahasa Malaysia</span>
        <span aria-hidden>BM</span>
      </button>
      <button type="submit" name="language" value="en" lang="en" aria-current={chosen === "en" ? "true" : undefined}>
        <span className="sr">English</span>
        <span aria-hidden>EN</span>
      </button>
    </form>
  );
}
