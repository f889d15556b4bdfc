/** What Malaysians choose and international lists hardly have. As there, digits and signs around a word change nothing. */
export const malayPasswords: readonly string[] = `
katalaluan katalaluanku katakunci rahsia rahsiaku rahsiasaya passwordsaya passwordku laluan masuk logmasuk bukalah sesame
malaysia malaysiaku malaysiaboleh malaysiamadani malaysiatanahairku merdeka merdekaraya jalurgemilang negaraku satumalaysia
johor johorbahru kedah kedahdarulaman kelantan kelantandarulnaim melaka negerisembilan pahang pulaupinang penang perak perlis
selangor selangorku terengganu sabah sarawak kualalumpur putrajaya labuan cyberjaya shahalam alorsetar kotabharu kualaterengganu
ipoh kuantan seremban kangar georgetown kotakinabalu kuching miri sibu sandakan tawau langkawi batupahat muar kluang taiping
kerajaan kerajaanmalaysia kakitangan pegawai kakitanganawam penjawatawam perkhidmatan jabatan kementerian pejabat pentadbir
perbendaharaan akauntan akauntannegara jpa janm kpm moe moh kkm mampu ispeks idme mypsm eperolehan hrmis spikpa epsa gajigaji
sayang sayangku sayangkamu sayangsaya sayangmama sayangibu cinta cintaku cintakamu rindu rinduku kasih kasihku kasihsayang manja
comel cantik hensem bestfriend kawan kawanbaik sahabat keluarga keluargaku keluargabahagia ibu ibuku mama mamaku ayah ayahku abah
abahku umi abi suami isteri anakku adik abang kakak nenek atuk bahagia gembira senyum bintang bulan matahari pelangi bunga
bungaraya melati mawar anggerik kucing kucingku harimau harimaumalaya gajah helang merak rusa arnab ikan naga
bismillah bismillahirrahmanirrahim alhamdulillah subhanallah allahuakbar insyaallah masyaallah assalamualaikum muhammad
muhammadsaw ramadan ramadhan hariraya selamathariraya aidilfitri syawal deepavali tahunbaru gongxifacai krismas
selamat selamatpagi selamatpetang selamatmalam selamatdatang selamattinggal terimakasih apakhabar samasama jumpalagi
nasilemak nasigoreng nasiayam rotocanai roticanai tehtarik tehais kopi kopiais milo miloais rendang satay laksa durian manggis
rambutan kelapa pisang pisanggoreng ayamgoreng megi maggi sambal keropok
isnin selasa rabu khamis jumaat sabtu ahad januari februari mac april mei jun julai ogos september oktober november disember
satuduatiga satuduatigaempat abcabc akucinta akusayang akusayangkamu akuboleh sayaboleh bolehlah semangat berjaya kejayaan
proton saga wira myvi perodua kancil kelisa persona iswara bezza axia ativa honda toyota yamaha kapcai
lombong sawah kampung kampungku balikkampung rumahku rumahkusyurgaku bolasepak badminton leechongwei harimauselatan
jdtjohor sukanekarya upinipin boboiboy siti datosri tuanku yangdipertuan agong sultan raja permaisuri laksamana hangtuah
`
  .trim()
  .split(/\s+/);
