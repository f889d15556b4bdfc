/** Whose portal it is, as the letters name it. The address may have several lines. */
export type Agency = { nameMs: string; nameEn: string; address: string; helpdeskPhone: string; helpdeskEmail: string };
