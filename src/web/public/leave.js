'use strict';

// Runs in the browser as it stands. Leaves by the link, or by Escape or Shift pressed three times: the page vanishes at once, and where
// one goes takes its place in the history. Without it the link still leaves.
(() => {
  const TIMES = 3;
  const WITHIN_MS = 5000;
  const link = document.querySelector('.redress-exit');
  if (!link) return;

  const leave = () => {
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });

  let pressed = [];
  document.addEventListener('keydown', ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    if (key !== 'Escape' && key !== 'Shift') pressed = [];
    else
      pressed = [
        ...pressed.filter((each) => each.key === key && timeStamp - each.at < WITHIN_MS),
        { key, at: timeStamp },
      ];
    if (pressed.length === TIMES) leave();
  });
})();
