export const REGISTER = "/admin/staff-register";
export const importPath = (id: string): string => `${REGISTER}/${id}`;
export const LEAVERS = "/helpdesk/leavers";
