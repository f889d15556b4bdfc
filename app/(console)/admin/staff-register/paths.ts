export const REGISTER = "/admin/staff-register";
export const importPath = (id: string): string => `${REGISTER}/${id}`;
export const TEMPLATE = `${REGISTER}/template`;
export const LEAVERS = "/helpdesk/leavers";
