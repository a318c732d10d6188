// Runs before the first paint, so that neither theme nor language flickers. Not part of the bundle: that one is deferred.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('agents.theme');
    var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
    root.lang = localStorage.getItem('agents.language') === 'zh' ? 'zh-CN' : root.lang;
  } catch {
    root.setAttribute('data-mantine-color-scheme', 'light');
  }
})();
