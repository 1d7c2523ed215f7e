/* Parses files over and over with expat, namespaces on, and prints the bytes
   parsed a second of processor time, in MB: the floor that a validator is
   measured against, for it reads and does nothing.

   expat SECONDS FILE... */

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static unsigned long elements;

static void XMLCALL start(void *data, const XML_Char *name, const XML_Char **attrs) {
  (void)data, (void)name, (void)attrs;
  elements++;
}

static void XMLCALL end(void *data, const XML_Char *name) { (void)data, (void)name; }

static void XMLCALL text(void *data, const XML_Char *s, int n) { (void)data, (void)s, (void)n; }

int main(int argc, char **argv) {
  int files = argc - 2;
  if (files < 1) {
    fprintf(stderr, "usage: expat SECONDS FILE...\n");
    return 2;
  }
  char **docs = calloc(files, sizeof *docs);
  long *sizes = calloc(files, sizeof *sizes);
  for (int i = 0; i < files; i++) {
    FILE *f = fopen(argv[i + 2], "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0) {
      perror(argv[i + 2]);
      return 1;
    }
    sizes[i] = ftell(f);
    rewind(f);
    docs[i] = malloc(sizes[i] + 1);
    if (fread(docs[i], 1, sizes[i], f) != (size_t)sizes[i]) {
      perror(argv[i + 2]);
      return 1;
    }
    fclose(f);
  }
  XML_Parser p = XML_ParserCreateNS(NULL, ' ');
  double bytes = 0, seconds = 0;
  clock_t began = clock();
  while (seconds < atof(argv[1])) {
    for (int i = 0; i < files; i++) {
      XML_ParserReset(p, NULL);
      XML_SetElementHandler(p, start, end);
      XML_SetCharacterDataHandler(p, text);
      if (XML_Parse(p, docs[i], (int)sizes[i], 1) != XML_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", argv[i + 2], XML_ErrorString(XML_GetErrorCode(p)));
        return 1;
      }
      bytes += sizes[i];
    }
    seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
  }
  printf("%.1f\n", bytes / seconds / 1e6);
  return 0;
}
