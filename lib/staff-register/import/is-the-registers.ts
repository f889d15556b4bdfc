import { sql } from "drizzle-orm";

/**
 * Whether an account `a` is as the register says: nobody has activated it, and its person is no officer and to be none. The
 * mailbox of an officer is corrected by those who outrank them: one administrator with a file must not become two.
 */
export const isTheRegisters = sql.raw(`a.status = 'pre_registered'
  and not exists (select from role_grant g where g.account_id = a.id and g.state in ('requested', 'active'))`);
