import type { Page } from "@playwright/test";
import type pg from "pg";
import type { Language } from "#lib/kernel/context.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import type { Portal } from "../harness/portal.ts";
import { alertOn, type Walker } from "../harness/steps.ts";

/** One language's walk: where it is, and how a picture of it is kept. */
export type Walk = Walker & {
  portal: Portal;
  database: pg.Pool;
  language: Language;
  shoot: (name: string) => Promise<void>;
};

export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
export const untilAlert = ({ page }: Walk) => alertOn(page).waitFor();

let people = 0;
export const somebody = () => fixturePerson(30_000 + people++);
