/** Lets a request go on as a hook has answered: at once, when its promise says so, or never. */
export function goOnIf(goesOn: boolean | Promise<boolean>, goOn: () => void): void {
  if (goesOn === true) goOn();
  else if (goesOn !== false) void goesOn.then((on) => on && goOn());
}
