import { axe, launchBrowser, openPage } from '../harness/browser';
it('runs', async () => {
  const b = await launchBrowser();
  const p = await openPage(b);
  await p.setContent('<html><body><img src="data:,x"><p>hello مرحبا</p></body></html>');
  console.log(await axe(p));
  await p.screenshot({ path: '/tmp/try.png' });
  await b.close();
});
