//go:build !purego

#include "textflag.h"

// Sixteen of a byte each: what ends a run of characters, and the line feed,
// which does not.
DATA ·runOf<>+0(SB)/8, $0x3c3c3c3c3c3c3c3c // <
DATA ·runOf<>+8(SB)/8, $0x3c3c3c3c3c3c3c3c
DATA ·runOf<>+16(SB)/8, $0x2626262626262626 // &
DATA ·runOf<>+24(SB)/8, $0x2626262626262626
DATA ·runOf<>+32(SB)/8, $0x5d5d5d5d5d5d5d5d // ]
DATA ·runOf<>+40(SB)/8, $0x5d5d5d5d5d5d5d5d
DATA ·runOf<>+48(SB)/8, $0x1f1f1f1f1f1f1f1f // the last control character
DATA ·runOf<>+56(SB)/8, $0x1f1f1f1f1f1f1f1f
DATA ·runOf<>+64(SB)/8, $0x0a0a0a0a0a0a0a0a // line feed
DATA ·runOf<>+72(SB)/8, $0x0a0a0a0a0a0a0a0a
GLOBL ·runOf<>(SB), RODATA|NOPTR, $80

// func charRun(b []byte) int
TEXT ·charRun(SB), NOSPLIT, $0-32
	MOVQ b_base+0(FP), SI
	MOVQ b_len+8(FP), CX
	XORQ AX, AX
	SUBQ $16, CX
	JLT  done
	MOVOU ·runOf<>+0(SB), X1
	MOVOU ·runOf<>+16(SB), X2
	MOVOU ·runOf<>+32(SB), X3
	MOVOU ·runOf<>+48(SB), X4
	MOVOU ·runOf<>+64(SB), X5

loop:
	MOVOU    (SI)(AX*1), X0
	MOVO     X0, X6
	PCMPEQB  X1, X6
	MOVO     X0, X7
	PCMPEQB  X2, X7
	POR      X7, X6
	MOVO     X0, X7
	PCMPEQB  X3, X7
	POR      X7, X6
	MOVO     X0, X7
	PMINUB   X4, X7
	PCMPEQB  X0, X7 // control characters
	MOVO     X0, X8
	PCMPEQB  X5, X8
	PANDN    X7, X8 // but for line feeds
	POR      X8, X6
	POR      X0, X6 // the high bit: beyond ASCII
	PMOVMSKB X6, DX
	TESTL    DX, DX
	JNZ      hit
	ADDQ     $16, AX
	CMPQ     AX, CX
	JLE      loop
	JMP      done

hit:
	BSFL DX, DX
	ADDQ DX, AX

done:
	MOVQ AX, ret+24(FP)
	RET
